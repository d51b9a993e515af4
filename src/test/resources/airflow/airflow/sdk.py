"""Airflow 3's names."""

import os

if os.environ.get("STAND_IN_AIRFLOW") == "2":
    raise ImportError("Airflow 2 has no airflow.sdk")

from airflow import DAG, Param, task  # noqa: E402, F401
