"""Plays a.bpmn and b.bpmn on SpiffWorkflow, one instance after the other in one thread; the XML is read once.

    python3 run.py FOLDER SECONDS     prints: name, instances a second of processor time
"""
import sys
import time

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState


def play(spec, i):
    workflow = BpmnWorkflow(spec)
    workflow.data["amount"] = 500 if i % 2 else 50
    workflow.do_engine_steps()
    while not workflow.is_completed():
        workflow.get_next_task(state=TaskState.READY, manual=True).run()
        workflow.do_engine_steps()


def main():
    folder, seconds = sys.argv[1], float(sys.argv[2])
    for name in ("a", "b"):
        parser = BpmnParser()
        with open(f"{folder}/{name}.bpmn", encoding="utf-8") as file:
            # Its conditions are Python, without the braces.
            parser.add_bpmn_str(file.read().replace("${amount > 100}", "amount > 100").encode())
        spec = parser.get_spec(name)
        best = 0.0
        for _ in range(3):
            count, begun, used = 0, time.perf_counter(), time.process_time()
            while time.perf_counter() - begun < seconds:
                play(spec, count)
                count += 1
            best = max(best, count / (time.process_time() - used))
        print(f"SpiffWorkflow {name} in memory\t{best:.0f}")


main()
