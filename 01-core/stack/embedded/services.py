"""The services of the stack by the names that an operator types."""

from enum import StrEnum


class ServiceName(StrEnum):
    """Servers first, then the product's own processes, then the web app: the order in which they start."""

    POSTGRES = "postgres"
    REDIS = "redis"
    S3 = "s3"
    API = "api"
    GPU = "gpu"
    SCHEDULER = "scheduler"
    WEB = "web"


SERVERS = (ServiceName.POSTGRES, ServiceName.REDIS, ServiceName.S3)
PRODUCT = (ServiceName.API, ServiceName.GPU, ServiceName.SCHEDULER)
WEB_APP = (ServiceName.WEB,)
"""Apart from the product, which runs without it."""
STAGES = (SERVERS, PRODUCT, WEB_APP)
"""Each begins when the one before it answers, and ends before it."""
