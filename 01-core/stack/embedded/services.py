"""The services of the stack by the names that an operator types."""

from enum import StrEnum


class ServiceName(StrEnum):
    """Servers first, then the product's own processes: the order in which they start."""

    POSTGRES = "postgres"
    REDIS = "redis"
    S3 = "s3"
    API = "api"
    GPU = "gpu"
    SCHEDULER = "scheduler"


SERVERS = (ServiceName.POSTGRES, ServiceName.REDIS, ServiceName.S3)
PRODUCT = (ServiceName.API, ServiceName.GPU, ServiceName.SCHEDULER)
