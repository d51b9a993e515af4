"""Airflow 2's names."""

from airflow import Param  # noqa: F401
