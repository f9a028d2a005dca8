using Evenhand.Bpmn.Model;
using Evenhand.Bpmn.Xml;

namespace Evenhand.Engines.Tests.Bpmn.Xml;

public class DataReadingTests
{
    [Fact]
    public void Data_going_in_and_out_is_a_directed_line()
    {
        var model = BpmnFile.Read("""
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><dataObjectReference id="d" /><dataStoreReference id="st" />
              <task id="t"><ioSpecification><dataInput id="i" /></ioSpecification>
                <dataInputAssociation id="in"><sourceRef>d</sourceRef><targetRef>i</targetRef></dataInputAssociation>
                <dataInputAssociation id="none"><targetRef>i</targetRef></dataInputAssociation>
                <dataOutputAssociation><targetRef>st</targetRef></dataOutputAssociation></task></process></definitions>
            """).File!.Model;
        model.Processes[0].Body.Associations.ShouldBe([new Association("in", "d", "t") { IsDirected = true }, new Association("_5_dataOutputAssociation", "t", "st") { IsDirected = true }]);
        model.Findings.ShouldBeEmpty();
    }
}
