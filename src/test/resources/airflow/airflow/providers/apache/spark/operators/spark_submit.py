"""
The operator's arguments and template fields as in provider apache-spark 6.3.2, and the command that its hook makes of them for a Spark
connection in client mode. A connection is looked for in AIRFLOW_CONN_ID, as JSON.
"""

import json
import os
import subprocess
import sys

from airflow import BaseOperator
from airflow.exceptions import AirflowException


class SparkSubmitOperator(BaseOperator):
    template_fields = (
        "application",
        "conf",
        "files",
        "py_files",
        "jars",
        "driver_class_path",
        "packages",
        "exclude_packages",
        "keytab",
        "principal",
        "proxy_user",
        "name",
        "application_args",
        "env_vars",
        "post_submit_commands",
        "properties_file",
    )
    OTHERS = {
        "conn_id": "spark_default",
        "archives": None,
        "java_class": None,
        "repositories": None,
        "total_executor_cores": None,
        "executor_cores": None,
        "executor_memory": None,
        "driver_memory": None,
        "num_executors": None,
        "status_poll_interval": 1,
        "verbose": False,
        "spark_binary": None,
        "yarn_queue": None,
        "deploy_mode": None,
        "use_krb5ccache": False,
        "track_driver_via_k8s_api": False,
        "yarn_track_via_rm_api": False,
        "yarn_rm_auth": None,
        "openlineage_inject_parent_job_info": False,
        "openlineage_inject_transport_info": False,
        "durable": None,
    }

    def __init__(self, **arguments):
        for field in SparkSubmitOperator.template_fields:
            setattr(self, field, arguments.pop(field, None))
        for name, default in self.OTHERS.items():
            setattr(self, "_" + name, arguments.pop(name, default))
        super().__init__(**arguments)

    def execute(self, context):
        command = self.command()
        print(json.dumps({"task": self.task_id, "try": context["ti"].try_number, "command": command}), flush=True)
        ended = subprocess.run(command, stdout=sys.stderr, stderr=sys.stderr)
        if ended.returncode:
            raise AirflowException(f"Cannot execute: {command}. Error code is: {ended.returncode}.")

    def command(self):
        master, deploy_mode = self.connection()
        if deploy_mode == "cluster":
            raise AirflowException("This stand-in follows no driver in cluster mode")
        words = [self._spark_binary or "spark-submit", "--master", master]
        for key, value in (self.conf or {}).items():
            words += ["--conf", f"{key}={value}"]
        for option, value in (
            ("--properties-file", self.properties_file),
            ("--files", self.files),
            ("--jars", self.jars),
            ("--driver-class-path", self.driver_class_path),
            ("--num-executors", self._num_executors),
            ("--total-executor-cores", self._total_executor_cores),
            ("--executor-cores", self._executor_cores),
            ("--executor-memory", self._executor_memory),
            ("--driver-memory", self._driver_memory),
            ("--name", self.name),
            ("--class", self._java_class),
            ("--deploy-mode", deploy_mode),
        ):
            words += [option, str(value)] if value else []
        words += [self.application, *self.application_args]
        for word in words:
            if not isinstance(word, str):
                raise AirflowException(f"{word!r} is no word of a command")
        return words

    def connection(self):
        """Master and deploy mode; YARN for an id that nobody defined, as in Airflow."""
        text = os.environ.get("AIRFLOW_CONN_" + self._conn_id.upper())
        if text is None:
            return "yarn", None
        connection = json.loads(text)
        host = connection["host"]
        is_whole = connection["conn_type"] == "spark" and ("://" in host or "port" not in connection)
        master = host if is_whole else f"{connection['conn_type']}://{host}"
        if "port" in connection:
            master += f":{connection['port']}"
        return master, self._deploy_mode or connection.get("extra", {}).get("deploy-mode")
