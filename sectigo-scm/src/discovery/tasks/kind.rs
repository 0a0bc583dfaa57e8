use std::fmt::Debug;

use cert_core::Members;
use cert_core::client::Op;
use serde::de::DeserializeOwned;

use super::task::CountedFromZero;
use super::{
    ActiveDirectoryScan, ActiveDirectoryScanV2, ActiveDirectoryTask, AzureScan, AzureScanUpdate,
    AzureTask, NetworkScan, NetworkScanV2, NetworkTask, TaskType,
};
use crate::discovery::operations as ops;

/// A kind of scan task: [`Network`], [`ActiveDirectory`] or [`Azure`].
pub trait TaskKind: Debug + Clone + Copy + routes::Routed {
    /// Scan of a new task.
    type Scan: Members;
    /// Scan of a task that is changed.
    type ScanUpdate: Members;
    /// Task as it is told.
    type Task: DeserializeOwned;

    /// Name of the kind.
    fn task_type() -> TaskType;
}

/// A kind of scan task that has versions before the newest: [`Network`] or [`ActiveDirectory`].
pub trait EarlierTaskKind: TaskKind<Task: CountedFromZero> + routes::EarlierRouted {
    /// Scan of a new task in version 2.
    type ScanV2: Members;
}

/// Tasks that scan networks.
#[derive(Debug, Clone, Copy)]
pub struct Network;

/// Tasks that scan an Active Directory.
#[derive(Debug, Clone, Copy)]
pub struct ActiveDirectory;

/// Tasks that scan key vaults in Azure.
#[derive(Debug, Clone, Copy)]
pub struct Azure;

impl TaskKind for Network {
    type Scan = NetworkScan;
    type ScanUpdate = NetworkScan;
    type Task = NetworkTask;

    fn task_type() -> TaskType {
        TaskType::Network
    }
}

impl EarlierTaskKind for Network {
    type ScanV2 = NetworkScanV2;
}

impl TaskKind for ActiveDirectory {
    type Scan = ActiveDirectoryScan;
    type ScanUpdate = ActiveDirectoryScan;
    type Task = ActiveDirectoryTask;

    fn task_type() -> TaskType {
        TaskType::ActiveDirectory
    }
}

impl EarlierTaskKind for ActiveDirectory {
    type ScanV2 = ActiveDirectoryScanV2;
}

impl TaskKind for Azure {
    type Scan = AzureScan;
    type ScanUpdate = AzureScanUpdate;
    type Task = AzureTask;

    fn task_type() -> TaskType {
        TaskType::Azure
    }
}

/// The operations of each kind, which nobody else can add to.
pub(super) mod routes {
    use super::Op;

    #[derive(Debug)]
    pub struct Routes {
        pub(in super::super) create: &'static Op,
        pub(in super::super) update: &'static Op,
        pub(in super::super) get: &'static Op,
        pub(in super::super) list: &'static Op,
        pub(in super::super) start: &'static Op,
        pub(in super::super) delete: &'static Op,
    }

    #[derive(Debug)]
    pub struct EarlierRoutes {
        pub(in super::super) create_v2: &'static Op,
        pub(in super::super) create_v3: &'static Op,
        pub(in super::super) update_v2: &'static Op,
        pub(in super::super) update_v3: &'static Op,
        pub(in super::super) get_v2: &'static Op,
        pub(in super::super) get_v3: &'static Op,
        pub(in super::super) list_v2: &'static Op,
        pub(in super::super) start_v2: &'static Op,
        pub(in super::super) delete_v2: &'static Op,
    }

    pub trait Routed {
        const ROUTES: Routes;
    }

    pub trait EarlierRouted {
        const EARLIER: EarlierRoutes;
    }
}

impl routes::Routed for Network {
    const ROUTES: routes::Routes = routes::Routes {
        create: &ops::ADD_NET_TASK,
        update: &ops::UPDATE_NET_TASK,
        get: &ops::GET_NET_TASK,
        list: &ops::LIST_NET_TASKS,
        start: &ops::START_NET_TASK,
        delete: &ops::DELETE_NET_TASK,
    };
}

impl routes::EarlierRouted for Network {
    const EARLIER: routes::EarlierRoutes = routes::EarlierRoutes {
        create_v2: &ops::ADD_NET_TASK_V2,
        create_v3: &ops::ADD_NET_TASK_V3,
        update_v2: &ops::UPDATE_NET_TASK_V2,
        update_v3: &ops::UPDATE_NET_TASK_V3,
        get_v2: &ops::GET_NET_TASK_V2,
        get_v3: &ops::GET_NET_TASK_V3,
        list_v2: &ops::LIST_NET_TASKS_V2,
        start_v2: &ops::START_NET_TASK_V2,
        delete_v2: &ops::DELETE_NET_TASK_V2,
    };
}

impl routes::Routed for ActiveDirectory {
    const ROUTES: routes::Routes = routes::Routes {
        create: &ops::ADD_AD_TASK,
        update: &ops::UPDATE_AD_TASK,
        get: &ops::GET_AD_TASK,
        list: &ops::LIST_AD_TASKS,
        start: &ops::START_AD_TASK,
        delete: &ops::DELETE_AD_TASK,
    };
}

impl routes::EarlierRouted for ActiveDirectory {
    const EARLIER: routes::EarlierRoutes = routes::EarlierRoutes {
        create_v2: &ops::ADD_AD_TASK_V2,
        create_v3: &ops::ADD_AD_TASK_V3,
        update_v2: &ops::UPDATE_AD_TASK_V2,
        update_v3: &ops::UPDATE_AD_TASK_V3,
        get_v2: &ops::GET_AD_TASK_V2,
        get_v3: &ops::GET_AD_TASK_V3,
        list_v2: &ops::LIST_AD_TASKS_V2,
        start_v2: &ops::START_AD_TASK_V2,
        delete_v2: &ops::DELETE_AD_TASK_V2,
    };
}

impl routes::Routed for Azure {
    const ROUTES: routes::Routes = routes::Routes {
        create: &ops::ADD_AZURE_TASK,
        update: &ops::UPDATE_AZURE_TASK,
        get: &ops::GET_AZURE_TASK,
        list: &ops::LIST_AZURE_TASKS,
        start: &ops::START_AZURE_TASK,
        delete: &ops::DELETE_AZURE_TASK,
    };
}
