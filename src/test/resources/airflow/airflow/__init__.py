"""
A stand-in for Airflow in the tests, where it cannot be installed: as much as submit/airflow uses, and strict. Names of arguments are
those of Airflow 3's task SDK and provider apache-spark 6.3.2; whatever is not among them is refused. STAND_IN_AIRFLOW=2 takes away what
Airflow 2 lacks.
"""

import copy
import inspect
import json
import re

import jinja2

from airflow.exceptions import AirflowException, ParamValidationError

DAG_ARGUMENTS = set(
    "dag_id description default_args start_date end_date schedule template_searchpath template_undefined user_defined_macros"
    " user_defined_filters max_active_tasks max_active_runs max_consecutive_failed_dag_runs dagrun_timeout catchup"
    " on_success_callback on_failure_callback doc_md params access_control is_paused_upon_creation jinja_environment_kwargs"
    " render_template_as_native_obj tags owner_links auto_register dag_display_name".split()
)
OPERATOR_ARGUMENTS = set(
    "task_id owner email email_on_retry email_on_failure retries retry_delay retry_exponential_backoff max_retry_delay start_date"
    " end_date depends_on_past ignore_first_depends_on_past wait_for_past_depends_before_skipping wait_for_downstream params"
    " default_args priority_weight weight_rule queue pool pool_slots execution_timeout on_execute_callback on_failure_callback"
    " on_success_callback on_retry_callback on_skipped_callback pre_execute post_execute trigger_rule resources run_as_user"
    " map_index_template max_active_tis_per_dag max_active_tis_per_dagrun executor executor_config do_xcom_push multiple_outputs"
    " inlets outlets task_group dag doc doc_md doc_json doc_yaml doc_rst task_display_name logger_name allow_nested_operators".split()
)
TRIGGER_RULES = {"all_success", "none_failed"}


def refuse_unknown(kind, given, known):
    unknown = sorted(set(given) - known)
    if unknown:
        raise AirflowException(f"Invalid arguments were passed to {kind}: {unknown}")


class Param:
    """A parameter with its JSON schema, of which the keywords below are known."""

    KEYWORDS = {"type", "enum", "minimum", "maximum", "minLength", "pattern", "items", "title"}
    TYPES = {"string": str, "number": (int, float), "integer": int, "array": list, "boolean": bool, "object": dict}

    def __init__(self, default=None, description=None, **schema):
        refuse_unknown("Param", schema, self.KEYWORDS)
        json.dumps(default)
        self.value = default
        self.schema = schema

    def resolve(self, value):
        self.check(value, self.schema)
        return value

    def check(self, value, schema):
        wanted = self.TYPES[schema["type"]]
        is_valid = (
            isinstance(value, wanted)
            and (isinstance(value, bool) <= (wanted is bool))
            and value in schema.get("enum", [value])
            and ("minimum" not in schema or value >= schema["minimum"])
            and ("maximum" not in schema or value <= schema["maximum"])
            and ("minLength" not in schema or len(value) >= schema["minLength"])
            and ("pattern" not in schema or re.search(schema["pattern"], value))
        )
        if not is_valid:
            raise ParamValidationError(f"{value!r} is not valid under {schema}")
        if "items" in schema:
            for item in value:
                self.check(item, schema["items"])


class DAG:
    current = None
    found = {}

    def __init__(self, dag_id, **arguments):
        refuse_unknown("DAG", arguments, DAG_ARGUMENTS)
        self.dag_id = dag_id
        self.tasks = {}
        self.default_args = arguments.get("default_args", {})
        refuse_unknown("default_args", self.default_args, OPERATOR_ARGUMENTS)
        self.params = {name: p if isinstance(p, Param) else Param(p) for name, p in arguments.get("params", {}).items()}
        self.arguments = arguments
        DAG.found[dag_id] = self

    def __enter__(self):
        DAG.current = self
        return self

    def __exit__(self, *ignored):
        DAG.current = None

    def validated(self, conf):
        """The parameters of a run with this dag_run.conf, which overrides them."""
        refuse_unknown("dag_run.conf", conf, set(self.params))
        return {name: param.resolve(conf.get(name, param.value)) for name, param in self.params.items()}


class BaseOperator:
    template_fields = ()

    def __init__(self, *, task_id, **arguments):
        refuse_unknown(f"{type(self).__name__} (task_id: {task_id})", arguments, OPERATOR_ARGUMENTS)
        if not re.fullmatch(r"[\w.-]+", task_id) or task_id in DAG.current.tasks:
            raise AirflowException(f"Invalid or duplicate task_id {task_id}")
        self.task_id = task_id
        self.dag = DAG.current
        arguments = {**self.dag.default_args, **arguments}
        self.retries = arguments.get("retries", 0)
        self.trigger_rule = arguments.get("trigger_rule", "all_success")
        if self.trigger_rule not in TRIGGER_RULES:
            raise AirflowException(f"This stand-in knows no trigger rule {self.trigger_rule}")
        self.upstream = []
        self.dag.tasks[task_id] = self

    @property
    def output(self):
        return XComArg(self)

    def __rshift__(self, other):
        operator = other.operator if isinstance(other, XComArg) else other
        if self not in operator.upstream:
            operator.upstream.append(self)
        return other

    def require_templates_in_template_fields(self):
        """Refuses what would never be rendered: braces in an attribute that is no template field."""
        for name, value in vars(self).items():
            if name not in self.template_fields and "{{" in repr(value) and name not in {"dag", "upstream", "callable"}:
                raise AirflowException(f"{self.task_id}: {name} is no template field, and is {value!r}")
        for name in self.template_fields:
            getattr(self, name)

    def rendered(self, context):
        """A copy for one try, as a worker makes it."""
        worker = copy.copy(self)
        environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
        for name in self.template_fields:
            setattr(worker, name, render(getattr(self, name), context, environment))
        return worker


def render(value, context, environment):
    if isinstance(value, str):
        return environment.from_string(value).render(context)
    if isinstance(value, (list, tuple)):
        return type(value)(render(item, context, environment) for item in value)
    if isinstance(value, dict):
        return {key: render(item, context, environment) for key, item in value.items()}
    if isinstance(value, XComArg):
        return context["ti"].xcom_pull(task_ids=value.operator.task_id)
    return value


class XComArg:
    """What a task will have returned."""

    def __init__(self, operator):
        self.operator = operator

    def __rshift__(self, other):
        self.operator >> other
        return other


class PythonTask(BaseOperator):
    template_fields = ("op_args", "op_kwargs")
    CONTEXT = {"params", "ti", "run_id", "dag_run"}

    def __init__(self, function, op_args, op_kwargs, **arguments):
        super().__init__(**arguments)
        self.callable = function
        self.op_args = op_args
        self.op_kwargs = op_kwargs
        for value in (*op_args, *op_kwargs.values()):
            if isinstance(value, XComArg):
                value >> self

    def execute(self, context):
        wanted = {name: context[name] for name in inspect.signature(self.callable).parameters if name in self.CONTEXT}
        return self.callable(*self.op_args, **{**wanted, **self.op_kwargs})


def task(*functions, **arguments):
    """The decorator @task, with arguments or without."""

    def decorate(function):
        return lambda *args, **kwargs: XComArg(PythonTask(function, args, kwargs, **{"task_id": function.__name__, **arguments}))

    return decorate(functions[0]) if functions else decorate
