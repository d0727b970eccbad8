"""The HTTP gateway: endpoint, service, model, one folder a noun."""
