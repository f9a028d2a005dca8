using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Xml;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Bpmn.Xml;

/// <summary>A model written and read again is the same model.</summary>
public sealed class BpmnWriterTests
{
    [Fact]
    public void What_is_written_is_read_again() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var model = RandomModels.Make(seed);
        var (file, findings) = BpmnFile.Read(BpmnWriter.Write(model));
        findings.ShouldBeEmpty($"seed {seed}");
        ModelText.Of(file!.Model).ShouldBe(ModelText.Of(model), $"seed {seed}");
    }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Category", "Conformance")]
    public void What_is_written_is_valid()
    {
        for (var seed = 0; seed < 100; seed++) Schemas.Errors(BpmnWriter.Write(RandomModels.Make(seed))).ShouldBeEmpty($"seed {seed}");
    }

    [Fact]
    public void A_small_process_is_a_small_file() => BpmnWriter.Write(new()
    {
        Id = "d",
        Processes =
        [
            new("p", "审批", true, 0, new(
                [new() { Id = "s", Kind = NodeKind.StartEvent, Event = new(EventKind.None) }, new() { Id = "t", Kind = NodeKind.UserTask, Name = "批", Task = new() { Assignee = "${who}" } }],
                [new("f", "s", "t", null, "${a < b}", 0)], [], [])),
        ],
        Shapes = new Dictionary<string, Shape> { ["s"] = new("s", new(0, 0.5, 36, 36)) },
    }).ShouldBe("""
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="https://evenhand.org/bpmn">
          <bpmn:process id="p" name="审批" isExecutable="true">
            <bpmn:startEvent id="s">
              <bpmn:outgoing>f</bpmn:outgoing>
            </bpmn:startEvent>
            <bpmn:userTask id="t" name="批" camunda:assignee="${who}">
              <bpmn:incoming>f</bpmn:incoming>
            </bpmn:userTask>
            <bpmn:sequenceFlow id="f" sourceRef="s" targetRef="t">
              <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${a &lt; b}</bpmn:conditionExpression>
            </bpmn:sequenceFlow>
          </bpmn:process>
          <bpmndi:BPMNDiagram id="BPMNDiagram_1">
            <bpmndi:BPMNPlane id="BPMNPlane_1" bpmnElement="p">
              <bpmndi:BPMNShape id="s_di" bpmnElement="s">
                <dc:Bounds x="0" y="0.5" width="36" height="36"/>
              </bpmndi:BPMNShape>
            </bpmndi:BPMNPlane>
          </bpmndi:BPMNDiagram>
        </bpmn:definitions>

        """);
}
