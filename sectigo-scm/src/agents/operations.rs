//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    LIST_NETWORK_AGENTS = get("agent_list_network_agents", "/api/agent/v1/network");
    COUNT_NETWORK_AGENTS = get("agent_count_network_agents", "/api/agent/v1/network");
    CREATE_NETWORK_AGENT = post("agent_create_network_agent", "/api/agent/v1/network");
    GET_NETWORK_AGENT = get("agent_get_network_agent", "/api/agent/v1/network/{id}");
    UPDATE_NETWORK_AGENT = put("agent_update_network_agent", "/api/agent/v1/network/{id}");
    DELETE_NETWORK_AGENT = delete("agent_delete_network_agent", "/api/agent/v1/network/{id}");
    LIST_SERVERS = get("agent_list_servers", "/api/agent/v1/network/{agentId}/server");
    COUNT_SERVERS = get("agent_count_servers", "/api/agent/v1/network/{agentId}/server");
    CREATE_SERVER = post("agent_create_server", "/api/agent/v1/network/{agentId}/server");
    GET_SERVER = get("agent_get_server", "/api/agent/v1/network/{agentId}/server/{id}");
    UPDATE_SERVER = put("agent_update_server", "/api/agent/v1/network/{agentId}/server/{id}");
    DELETE_SERVER = delete("agent_delete_server", "/api/agent/v1/network/{agentId}/server/{id}");
    LIST_NODES = get(
        "agent_list_server_nodes",
        "/api/agent/v1/network/{agentId}/server/{serverId}/node"
    );
    COUNT_NODES = get(
        "agent_count_server_nodes",
        "/api/agent/v1/network/{agentId}/server/{serverId}/node"
    );
    GET_NODE = get(
        "agent_get_server_node",
        "/api/agent/v1/network/{agentId}/server/{serverId}/node/{id}"
    );
    LIST_MS_AGENTS = get("agent_list_ms_agents", "/api/agent/v1/ms");
    GET_MS_AGENT = get("agent_get_ms_agent", "/api/agent/v1/ms/{id}");
    CREATE_MS_AGENT = post("agent_create_ms_agent", "/api/agent/v1/ms/");
    UPDATE_MS_AGENT = put("agent_update_ms_agent", "/api/agent/v1/ms/{id}");
    DELETE_MS_AGENT = delete("agent_delete_ms_agent", "/api/agent/v1/ms/{id}");
}
