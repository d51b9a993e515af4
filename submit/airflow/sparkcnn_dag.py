"""
### An image classifier, from its data to a model that is good enough

download (on request) → check → train → evaluate → gate → export → compare (on request)

Trigger it with a configuration such as

    {"experiment": "/opt/sparkcnn/conf/fashion-cnn.conf", "download": "fashion-mnist",
     "train_data": "hdfs:///data/fashion-mnist", "test_data": "hdfs:///data/fashion-mnist",
     "output": "hdfs:///models", "settings": ["training.strategy=all-reduce"], "minimum_accuracy": 0.91}

A run's files are in a folder of its own below `output`, named after the run. `train` resumes there when it is tried again; what the
other tasks write is named after the try, for no command overwrites anything.

Where Spark is, a Spark connection says: `spark_default`, or what SPARKCNN_SPARK_SUBMIT in the environment of Airflow says: JSON
with arguments of every SparkSubmitOperator, e.g. {"conn_id": "spark_yarn", "yarn_track_via_rm_api": true,
"conf": {"spark.executor.memory": "4g"}}.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from datetime import datetime, timedelta, timezone

from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

try:  # Airflow 3
    from airflow.sdk import DAG, Param, task
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.decorators import task
    from airflow.models.param import Param

# HDFS takes no colon in a name, and every run id has some.
RUN = "{{ params.output }}/{{ run_id | replace(':', '-') }}"
TRY = "{{ ti.try_number }}"
DATA = ["--set", "data.train={{ params.train_data }}", "--set", "data.test={{ params.test_data }}"]

OPERATOR = {"conn_id": "spark_default", **json.loads(os.environ.get("SPARKCNN_SPARK_SUBMIT", "{}"))}
# A barrier stage needs all of its workers at once.
CONF = {"spark.dynamicAllocation.enabled": "false", **(OPERATOR.pop("conf", None) or {})}


class SparkCnnOperator(SparkSubmitOperator):
    """
    A command of sparkcnn as a Spark application. Its result is where it wrote, for the tasks behind it.

    :param command: the words of the command (templated)
    :param result: where it writes (templated)
    :param takes: the beginnings of the keys in params.settings that the command takes by --set; all others are left out
    :param refuses: the keys among them that it does not take
    :param when: the name of the parameter without which the task is skipped
    """

    template_fields = (*SparkSubmitOperator.template_fields, "result")

    def __init__(self, *, command, result, takes=(), refuses=(), when=None, **kwargs):
        super().__init__(
            application="{{ params.application }}",
            java_class="io.github.sparkcnn.cli.Main",
            properties_file="{{ params.properties }}",
            conf=CONF,
            name="sparkcnn-" + kwargs["task_id"],
            application_args=command,
            **OPERATOR,
            **kwargs,
        )
        self.result = result
        self.takes = takes
        self.refuses = refuses
        self.when = when

    def execute(self, context):
        params = context["params"]
        if self.when and not params[self.when]:
            raise AirflowSkipException(f"params.{self.when} does not ask for it")
        taken = [setting for setting in params["settings"] if self.is_taken(setting.split("=")[0].strip())]
        self.application_args = [*self.application_args, *(word for setting in taken for word in ("--set", setting))]
        super().execute(context)
        return self.result

    def is_taken(self, key):
        return key.startswith(tuple(self.takes)) and key not in self.refuses


def read(path):
    """The text of a file: of one that this worker sees, or else through the Hadoop client of its Spark."""
    local = path.removeprefix("file://")
    if os.path.exists(local):
        with open(local, encoding="utf-8") as file:
            return file.read()
    with tempfile.TemporaryDirectory() as folder:
        # The shell insists on a core-site.xml; one that Spark or Hadoop has comes before this.
        with open(os.path.join(folder, "core-site.xml"), "w", encoding="utf-8") as file:
            file.write("<configuration/>")
        shell = subprocess.run(
            ["spark-class", "org.apache.hadoop.fs.FsShell", "-cat", path],
            env={"HADOOP_CONF_DIR": folder, **os.environ},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
    if shell.returncode:
        raise AirflowException(f"Cannot read {path}: {shell.stderr.strip()}")
    return shell.stdout


@task(task_id="gate")
def gate(evaluation, params=None):
    """Fails the run, without another try, where the model is not good enough."""
    report = json.loads(read(f"{evaluation}/report.json"))
    verdict = f"accuracy {report['accuracy']:.4f} on {report['images']} images, params.minimum_accuracy {params['minimum_accuracy']}"
    print(verdict)
    if not report["accuracy"] >= params["minimum_accuracy"]:
        raise AirflowFailException(verdict)
    return report["accuracy"]


with DAG(
    dag_id="sparkcnn",
    description="Trains an image classifier on Spark, and exports it if it is good enough",
    doc_md=__doc__,
    schedule=None,
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    # Two runs would wait for each other's executors.
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=1)},
    tags=["spark"],
    params={
        "application": Param("/opt/sparkcnn/lib/sparkcnn-job.jar", type="string", description="The job jar, where the driver runs"),
        "properties": Param(
            "",
            type="string",
            description="A file of Spark's properties, e.g. /opt/sparkcnn/conf/spark/yarn.properties; without one nobody sets"
            " spark.task.cpus, memory outside the heap or OpenMP's threads",
        ),
        "experiment": Param("/opt/sparkcnn/conf/fashion-cnn.conf", type="string", description="Beside the driver, or on the cluster's file system"),
        "settings": Param(
            ["training.strategy=all-reduce"],
            type="array",
            items={"type": "string", "pattern": "="},
            description="KEY=VALUE, as of --set; with local, the experiment's own strategy, the driver trains alone",
        ),
        "download": Param("", type="string", enum=["", "fashion-mnist", "mnist"], description="What to download to train_data, if it is not there"),
        "train_data": Param("data/fashion-mnist", type="string", minLength=1, description="As data.train"),
        "test_data": Param("data/fashion-mnist", type="string", minLength=1, description="As data.test"),
        "output": Param("runs", type="string", minLength=1, description="A run's folder is below"),
        "minimum_accuracy": Param(0.9, type="number", minimum=0, maximum=1, description="Of the test images; below, nothing is exported"),
        "compare": Param("", type="string", pattern="^([1-9][0-9]*(,[1-9][0-9]*)*)?$", description="Numbers of workers, e.g. 1,2,4"),
    },
) as dag:
    download = SparkCnnOperator(
        task_id="download",
        when="download",
        command=["data", "download", "{{ params.download }}", "--output", "{{ params.train_data }}"],
        result="{{ params.train_data }}",
    )
    check = SparkCnnOperator(
        task_id="check",
        trigger_rule="none_failed",
        command=["data", "show", "--data", "{{ params.train_data }}", "--output", f"{RUN}/data-{TRY}.png"],
        takes=["data."],
        result=f"{RUN}/data-{TRY}.png",
    )
    train = SparkCnnOperator(
        task_id="train",
        command=["train", "{{ params.experiment }}", *DATA, "--output", RUN, "--resume"],
        takes=[""],
        result=RUN,
    )
    evaluate = SparkCnnOperator(
        task_id="evaluate",
        command=["evaluate", "--model", RUN, "--data", "{{ params.test_data }}", "--output", f"{RUN}/evaluation-{TRY}"],
        takes=["device.", "data.columns", "data.shape", "data.malformed"],
        result=f"{RUN}/evaluation-{TRY}",
    )
    export = SparkCnnOperator(
        task_id="export",
        command=["export", "--model", RUN, "--onnx", f"{RUN}/export-{TRY}/model.onnx", "--check-data", "{{ params.test_data }}"],
        takes=["device."],
        result=f"{RUN}/export-{TRY}/model.onnx",
    )
    compare = SparkCnnOperator(
        task_id="compare",
        when="compare",
        command=["compare", "{{ params.experiment }}", *DATA, "--workers", "{{ params.compare }}", "--output", f"{RUN}/compare-{TRY}"],
        takes=[""],
        refuses=["training.workers", "training.strategy"],
        result=f"{RUN}/compare-{TRY}",
    )
    download >> check >> train >> evaluate >> gate(evaluate.output) >> export >> compare
