/// Writes one test for each area named, and one that no area and no operation lacks a test.
///
/// The first argument makes the [`Suite`](crate::Suite) anew for each, so that they run beside
/// each other.
#[macro_export]
macro_rules! areas {
    ($suite:expr; $($area:ident),+ $(,)?) => {
        mod keeps_the_contract {
            $(
                #[tokio::test]
                async fn $area() {
                    let report = $suite.run_area(stringify!($area)).await;
                    report.assert_kept();
                }
            )+

            #[tokio::test]
            async fn with_every_operation() {
                $suite.assert_tested(&[$(stringify!($area)),+]);
            }
        }
    };
}
