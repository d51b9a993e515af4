"""
Runs a DAG as a scheduler and its workers would, one task after the other, and prints what happens as lines of JSON.

run_dag.py DAG_FILE RUN_ID CONF     CONF: JSON, the dag_run.conf
"""

import builtins
import importlib.util
import json
import socket
import subprocess
import sys
import types

import airflow
from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException


def load(path):
    """The one DAG of a file, which a scheduler loads every few seconds: it must not open anything."""

    def refuse(*arguments, **ignored):
        raise AirflowException(f"{path} does work when it is loaded: {arguments}")

    kept = builtins.open, socket.socket, subprocess.Popen
    builtins.open = socket.socket = subprocess.Popen = refuse
    try:
        spec = importlib.util.spec_from_file_location("dag", path)
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
    finally:
        builtins.open, socket.socket, subprocess.Popen = kept
    (dag,) = airflow.DAG.found.values()
    for operator in dag.tasks.values():
        operator.require_templates_in_template_fields()
    return dag


class Instance:
    """A task's instance in a run."""

    results = {}

    def __init__(self, task_id, try_number):
        self.task_id = task_id
        self.try_number = try_number

    def xcom_pull(self, task_ids):
        return self.results[task_ids]


def in_order(tasks):
    done = []
    while len(done) < len(tasks):
        ready = [t for t in tasks if t not in done and all(u in done for u in t.upstream)]
        if not ready:
            raise AirflowException("the tasks go in a circle")
        done += ready
    return done


def tell(**what):
    print(json.dumps(what), flush=True)


def run(operator, context, attempt):
    """The state after a try."""
    context = {**context, "ti": Instance(operator.task_id, attempt)}
    try:
        result = operator.rendered(context).execute(context)
        Instance.results[operator.task_id] = result
        tell(task=operator.task_id, **{"try": attempt}, state="success", result=result)
        return "success"
    except AirflowSkipException as e:
        state, reason = "skipped", str(e)
    except AirflowFailException as e:
        state, reason = "failed", str(e)
    except Exception as e:  # whatever it is, a scheduler tries again
        state, reason = ("up_for_retry" if attempt <= operator.retries else "failed"), f"{type(e).__name__}: {e}"
    tell(task=operator.task_id, **{"try": attempt}, state=state, reason=reason)
    return state


def main(file, run_id, conf):
    dag = load(file)
    conf = json.loads(conf)
    context = {
        "params": dag.validated(conf),
        "run_id": run_id,
        "dag": dag,
        "dag_run": types.SimpleNamespace(run_id=run_id, conf=conf),
    }
    states = {}
    for operator in in_order(list(dag.tasks.values())):
        before = {states[u.task_id] for u in operator.upstream}
        if before & {"failed", "upstream_failed"}:
            states[operator.task_id] = "upstream_failed"
        elif "skipped" in before and operator.trigger_rule == "all_success":
            states[operator.task_id] = "skipped"
        else:
            attempt = 1
            while (state := run(operator, context, attempt)) == "up_for_retry":
                attempt += 1
            states[operator.task_id] = state
            continue
        tell(task=operator.task_id, state=states[operator.task_id])
    return 1 if {"failed", "upstream_failed"} & set(states.values()) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
