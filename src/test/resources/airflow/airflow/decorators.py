"""Airflow 2's names."""

from airflow import task  # noqa: F401
