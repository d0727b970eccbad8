"""What every request passes before an endpoint sees it: limits, and who may send it at all."""
