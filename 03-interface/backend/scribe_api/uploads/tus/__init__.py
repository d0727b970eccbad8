"""Resumable uploads after the tus protocol 1.0.0: any instance takes up what another began."""
