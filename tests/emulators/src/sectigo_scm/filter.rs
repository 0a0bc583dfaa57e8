/// The conditions of a list, all of which have to hold. Texts match anywhere and whatever their
/// case; numbers and everything from a closed set match as a whole. `S` is what conditions see
/// beside the thing itself.
pub(super) struct Filter<T, S = ()> {
    conditions: Vec<Condition<T, S>>,
}

type Condition<T, S> = Box<dyn Fn(&T, &S) -> bool>;

impl<T, S> Default for Filter<T, S> {
    fn default() -> Self {
        let conditions = Vec::new();
        Self { conditions }
    }
}

impl<T, S> Filter<T, S> {
    pub(super) fn contains(
        &mut self,
        asked: Option<String>,
        texts: impl Fn(&T, &S) -> Vec<String> + 'static,
    ) {
        if let Some(asked) = asked.map(|asked| asked.to_lowercase()) {
            self.when(move |thing, seen| {
                let texts = texts(thing, seen);
                texts
                    .iter()
                    .any(|text| text.to_lowercase().contains(&asked))
            });
        }
    }

    pub(super) fn equals<V: PartialEq + 'static>(
        &mut self,
        asked: Option<V>,
        value: impl Fn(&T, &S) -> V + 'static,
    ) {
        if let Some(asked) = asked {
            self.when(move |thing, seen| value(thing, seen) == asked);
        }
    }

    pub(super) fn when(&mut self, condition: impl Fn(&T, &S) -> bool + 'static) {
        self.conditions.push(Box::new(condition));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.conditions.is_empty()
    }

    pub(super) fn accepts(&self, thing: &T, seen: &S) -> bool {
        self.conditions
            .iter()
            .all(|condition| condition(thing, seen))
    }
}
