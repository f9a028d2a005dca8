namespace Evenhand.Engines.Tests.Bpmn.Xml;

/// <summary>Small files in each dialect.</summary>
internal static class Samples
{
    public const string Camunda = """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
            xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
            xmlns:evenhand="https://evenhand.org/bpmn/1.0" id="d" name="Complaints" targetNamespace="urn:t" exporter="By hand">
          <bpmn:message id="paid" name="Paid" />
          <bpmn:signal id="stop" name="stop-${region}" />
          <bpmn:error id="broken" name="Broken" errorCode="E1" />
          <bpmn:escalation id="late" name="Late" escalationCode="L1" />
          <bpmn:category id="c"><bpmn:categoryValue id="cv" value="Group name" /></bpmn:category>
          <bpmn:collaboration id="col">
            <bpmn:participant id="pool" name="Centre" processRef="p" />
            <bpmn:participant id="box" name="Customer" />
            <bpmn:messageFlow id="mf" name="calls" sourceRef="box" targetRef="bpmn:pool" />
            <bpmn:messageFlow id="lost" sourceRef="box" targetRef="nobody" />
          </bpmn:collaboration>
          <bpmn:process id="p" name="Complaint" isExecutable="true" camunda:versionTag="v3" camunda:candidateStarterGroups="agents" camunda:candidateStarterUsers="ann">
            <bpmn:documentation>What to do</bpmn:documentation>
            <bpmn:laneSet>
              <bpmn:lane id="outer" name="Front"><bpmn:flowNodeRef>start</bpmn:flowNodeRef>
                <bpmn:childLaneSet><bpmn:lane id="inner"><bpmn:flowNodeRef>check</bpmn:flowNodeRef><bpmn:flowNodeRef>gone</bpmn:flowNodeRef></bpmn:lane></bpmn:childLaneSet>
              </bpmn:lane>
            </bpmn:laneSet>
            <bpmn:startEvent id="start"><bpmn:messageEventDefinition messageRef="paid" /></bpmn:startEvent>
            <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="check" />
            <bpmn:userTask id="check" name="Check" camunda:assignee="${starter}" camunda:candidateUsers="a, b" camunda:candidateGroups="g" camunda:dueDate="P3D" camunda:followUpDate="P1D"
                camunda:priority="70" camunda:formKey="form:1" camunda:asyncBefore="true" evenhand:vote="all" evenhand:ratio="0.6" default="f2">
              <bpmn:extensionElements>
                <camunda:inputOutput>
                  <camunda:inputParameter name="plain">${order.id}</camunda:inputParameter>
                  <camunda:inputParameter name="list"><camunda:list><camunda:value>a"b</camunda:value><camunda:value>${x}</camunda:value></camunda:list></camunda:inputParameter>
                  <camunda:inputParameter name="map"><camunda:map><camunda:entry key="k">v</camunda:entry></camunda:map></camunda:inputParameter>
                  <camunda:inputParameter name="code"><camunda:script scriptFormat="juel">1 + 1</camunda:script></camunda:inputParameter>
                  <camunda:outputParameter name="out">${decision}</camunda:outputParameter>
                </camunda:inputOutput>
                <camunda:properties><camunda:property name="colour" value="red" /></camunda:properties>
                <camunda:taskListener event="create" class="x.Y" />
              </bpmn:extensionElements>
              <bpmn:multiInstanceLoopCharacteristics isSequential="true" camunda:collection="people" camunda:elementVariable="person">
                <bpmn:completionCondition>${nrOfCompletedInstances &gt; 1}</bpmn:completionCondition>
              </bpmn:multiInstanceLoopCharacteristics>
            </bpmn:userTask>
            <bpmn:boundaryEvent id="slow" attachedToRef="check" cancelActivity="false"><bpmn:timerEventDefinition><bpmn:timeCycle> R3/PT1H </bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent>
            <bpmn:boundaryEvent id="fail" attachedToRef="check"><bpmn:errorEventDefinition errorRef="broken" camunda:errorCodeVariable="code" /></bpmn:boundaryEvent>
            <bpmn:sequenceFlow id="f2" name="else" sourceRef="check" targetRef="work" />
            <bpmn:sequenceFlow id="f3" sourceRef="check" targetRef="sub"><bpmn:conditionExpression> ${amount &gt; 100} </bpmn:conditionExpression></bpmn:sequenceFlow>
            <bpmn:sequenceFlow id="f4" sourceRef="check" targetRef="nowhere" />
            <bpmn:serviceTask id="work" camunda:type="external" camunda:topic="mail">
              <bpmn:extensionElements>
                <camunda:field name="to" stringValue="x" /><camunda:field name="cc"><camunda:expression>${y}</camunda:expression></camunda:field>
                <camunda:failedJobRetryTimeCycle>R5/PT5M</camunda:failedJobRetryTimeCycle>
              </bpmn:extensionElements>
            </bpmn:serviceTask>
            <bpmn:businessRuleTask id="rule" camunda:decisionRef="dish" camunda:resultVariable="meal" />
            <bpmn:callActivity id="call" calledElement="bpmn:child" camunda:calledElementBinding="version" camunda:calledElementVersion="3">
              <bpmn:extensionElements>
                <camunda:in businessKey="#{key}" /><camunda:in variables="all" /><camunda:in sourceExpression="${a + 1}" target="b" /><camunda:out source="c" target="d" />
              </bpmn:extensionElements>
            </bpmn:callActivity>
            <bpmn:subProcess id="sub">
              <bpmn:subProcess id="onSignal" triggeredByEvent="true">
                <bpmn:startEvent id="sig" isInterrupting="false"><bpmn:signalEventDefinition signalRef="stop" /></bpmn:startEvent>
              </bpmn:subProcess>
              <bpmn:endEvent id="thrown"><bpmn:escalationEventDefinition escalationRef="late" /></bpmn:endEvent>
              <bpmn:endEvent id="two"><bpmn:terminateEventDefinition /><bpmn:cancelEventDefinition /></bpmn:endEvent>
            </bpmn:subProcess>
            <bpmn:intermediateThrowEvent id="goto"><bpmn:linkEventDefinition name="L" /></bpmn:intermediateThrowEvent>
            <bpmn:intermediateCatchEvent id="when"><bpmn:conditionalEventDefinition camunda:variableName="n"><bpmn:condition>${n == 1}</bpmn:condition></bpmn:conditionalEventDefinition></bpmn:intermediateCatchEvent>
            <bpmn:intermediateThrowEvent id="undo"><bpmn:compensateEventDefinition activityRef="work" waitForCompletion="false" /></bpmn:intermediateThrowEvent>
            <bpmn:scriptTask id="calc" scriptFormat="juel" camunda:resultVariable="r"><bpmn:script>${1 + 2}</bpmn:script></bpmn:scriptTask>
            <bpmn:receiveTask id="wait" messageRef="paid" instantiate="true" />
            <bpmn:task id="again"><bpmn:standardLoopCharacteristics testBefore="true" loopMaximum="3"><bpmn:loopCondition>${more}</bpmn:loopCondition></bpmn:standardLoopCharacteristics></bpmn:task>
            <bpmn:adHocSubProcess id="free" ordering="Sequential" cancelRemainingInstances="false"><bpmn:task id="any" /><bpmn:completionCondition>${done}</bpmn:completionCondition></bpmn:adHocSubProcess>
            <bpmn:task id="undoWork" isForCompensation="1" />
            <bpmn:textAnnotation id="note"><bpmn:text>Mind</bpmn:text></bpmn:textAnnotation>
            <bpmn:group id="grp" categoryValueRef="cv" />
            <bpmn:association id="as" sourceRef="work" targetRef="undoWork" />
          </bpmn:process>
          <bpmndi:BPMNDiagram id="dia">
            <bpmndi:BPMNPlane id="pl" bpmnElement="col">
              <bpmndi:BPMNShape id="s1" bpmnElement="start"><dc:Bounds x="10" y="20.5" width="36" height="36" /><bpmndi:BPMNLabel><dc:Bounds x="1" y="2" width="3" height="4" /></bpmndi:BPMNLabel></bpmndi:BPMNShape>
              <bpmndi:BPMNShape id="s2" bpmnElement="sub"><dc:Bounds x="1" y="2" width="3" height="4" /></bpmndi:BPMNShape>
              <bpmndi:BPMNShape id="s3" bpmnElement="free" isExpanded="true"><dc:Bounds x="1" y="2" width="3" height="4" /></bpmndi:BPMNShape>
              <bpmndi:BPMNShape id="s4" bpmnElement="pool" isHorizontal="false"><dc:Bounds x="1" y="2" width="30" height="4" /></bpmndi:BPMNShape>
              <bpmndi:BPMNShape id="s5" bpmnElement="work"><dc:Bounds x="one" y="2" width="30" height="4" /></bpmndi:BPMNShape>
              <bpmndi:BPMNEdge id="e1" bpmnElement="f1"><di:waypoint x="46" y="38" /><di:waypoint x="100" y="38" /></bpmndi:BPMNEdge>
              <bpmndi:BPMNEdge id="e2" bpmnElement="f2"><di:waypoint x="46" y="38" /></bpmndi:BPMNEdge>
            </bpmndi:BPMNPlane>
          </bpmndi:BPMNDiagram>
        </bpmn:definitions>
        """;

    public const string Zeebe = """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="urn:t">
          <message id="m" name="doc"><extensionElements><zeebe:subscription correlationKey="= key" /></extensionElements></message>
          <process id="p" isExecutable="true"><extensionElements><zeebe:versionTag value="v9" /></extensionElements>
            <userTask id="u"><extensionElements>
              <zeebe:userTask /><zeebe:assignmentDefinition assignee="=who" candidateUsers="= [&quot;a&quot;]" candidateGroups="g1,g2" /><zeebe:formDefinition formId="f1" />
              <zeebe:taskSchedule dueDate="= due" followUpDate="= later" /><zeebe:priorityDefinition priority="60" />
              <zeebe:ioMapping><zeebe:input source="= a.b" target="c" /><zeebe:input source="text" target="d.e" /><zeebe:output source="= r" target="s" /></zeebe:ioMapping>
              <zeebe:taskHeaders><zeebe:header key="k" value="v" /></zeebe:taskHeaders>
            </extensionElements></userTask>
            <serviceTask id="s"><extensionElements><zeebe:taskDefinition type="mail" retries="5" /><zeebe:taskHeaders><zeebe:header key="h" value="1" /></zeebe:taskHeaders></extensionElements></serviceTask>
            <businessRuleTask id="b"><extensionElements><zeebe:calledDecision decisionId="risk" resultVariable="r" /></extensionElements></businessRuleTask>
            <scriptTask id="x"><extensionElements><zeebe:script expression="= 1 + 1" resultVariable="two" /></extensionElements></scriptTask>
            <callActivity id="all"><extensionElements><zeebe:calledElement processId="child" /></extensionElements></callActivity>
            <callActivity id="some"><extensionElements><zeebe:calledElement processId="child" propagateAllChildVariables="false" bindingType="deployment" /></extensionElements></callActivity>
            <task id="many"><multiInstanceLoopCharacteristics><extensionElements>
              <zeebe:loopCharacteristics inputCollection="= items" inputElement="item" outputCollection="results" outputElement="= result" />
            </extensionElements></multiInstanceLoopCharacteristics></task>
            <adHocSubProcess id="free"><extensionElements><zeebe:adHoc activeElementsCollection="= ids" /></extensionElements><task id="in" /></adHocSubProcess>
          </process>
        </definitions>
        """;

    public const string Flowable = """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:flowable="http://flowable.org/bpmn" xmlns:activiti="http://activiti.org/bpmn" targetNamespace="urn:t">
          <process id="p">
            <startEvent id="s" flowable:initiator="me" /><sequenceFlow sourceRef="s" targetRef="u" /><sequenceFlow sourceRef="u" targetRef="v" />
            <userTask id="u" flowable:assignee="${a}" flowable:skipExpression="${skip}" flowable:dueDate="PT1H" flowable:category="c">
              <multiInstanceLoopCharacteristics flowable:elementVariable="e" flowable:elementIndexVariable="i"><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>
            </userTask>
            <userTask id="v" activiti:candidateGroups="x">
              <humanPerformer><resourceAssignmentExpression><formalExpression>kermit</formalExpression></resourceAssignmentExpression></humanPerformer>
              <potentialOwner><resourceAssignmentExpression><formalExpression>user(a), group(b), c, user(${f(1,2)})</formalExpression></resourceAssignmentExpression></potentialOwner>
            </userTask>
            <userTask id="w"><multiInstanceLoopCharacteristics><loopDataInputRef>list</loopDataInputRef><inputDataItem name="one" /></multiInstanceLoopCharacteristics></userTask>
            <serviceTask id="x" flowable:expression="${bean.run()}" activiti:resultVariableName="r" />
            <serviceTask id="y" flowable:type="http" />
            <callActivity id="c" calledElement="child" flowable:inheritVariables="true" flowable:sameDeployment="true" flowable:businessKey="${k}" />
            <callActivity id="n" calledElement="${child}" />
            <boundaryEvent id="h" attachedToRef="missing"><errorEventDefinition errorRef="E7" /></boundaryEvent>
            <startEvent id="par" parallelMultiple="true"><messageEventDefinition /><signalEventDefinition /></startEvent>
            <choreographyTask id="dance" /><mystery id="what" />
          </process>
        </definitions>
        """;

    public static IReadOnlyList<string> All { get; } = [Camunda, Zeebe, Flowable];
}
