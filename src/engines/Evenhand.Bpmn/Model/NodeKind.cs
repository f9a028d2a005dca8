namespace Evenhand.Bpmn.Model;

/// <summary>What a flow node is. Those marked “drawing only” are read and kept, and refused at deploy.</summary>
public enum NodeKind
{
    /// <summary>`task` without a type: done at once.</summary>
    Task,

    /// <summary>`userTask`: opens a task for people.</summary>
    UserTask,

    /// <summary>`serviceTask`: asks the host for a service.</summary>
    ServiceTask,

    /// <summary>`scriptTask`: one expression.</summary>
    ScriptTask,

    /// <summary>`sendTask`: hands a message to the host and goes on.</summary>
    SendTask,

    /// <summary>`receiveTask`: waits for a message or a trigger.</summary>
    ReceiveTask,

    /// <summary>`manualTask`: done outside; passes at once.</summary>
    ManualTask,

    /// <summary>`businessRuleTask`: asks the host, as a service does.</summary>
    BusinessRuleTask,

    /// <summary>`exclusiveGateway`: the first flow whose condition holds.</summary>
    ExclusiveGateway,

    /// <summary>`parallelGateway`: waits for one token on each incoming flow, then takes all outgoing.</summary>
    ParallelGateway,

    /// <summary>`inclusiveGateway`: takes all flows whose condition holds; joins by BPMN 13.4.3.</summary>
    InclusiveGateway,

    /// <summary>`eventBasedGateway`: the first event decides.</summary>
    EventBasedGateway,

    /// <summary>`complexGateway`; drawing only.</summary>
    ComplexGateway,

    /// <summary>`subProcess`, embedded or, when triggered by an event, an event sub-process.</summary>
    SubProcess,

    /// <summary>`transaction`: a sub-process that can be cancelled.</summary>
    Transaction,

    /// <summary>`adHocSubProcess`: its activities start when asked.</summary>
    AdHocSubProcess,

    /// <summary>`callActivity`: starts another process and waits for it.</summary>
    CallActivity,

    /// <summary>`startEvent`.</summary>
    StartEvent,

    /// <summary>`intermediateCatchEvent`.</summary>
    IntermediateCatchEvent,

    /// <summary>`intermediateThrowEvent`.</summary>
    IntermediateThrowEvent,

    /// <summary>`boundaryEvent`.</summary>
    BoundaryEvent,

    /// <summary>`endEvent`.</summary>
    EndEvent,

    /// <summary>A flow node of another kind (choreography tasks and the like); drawing only.</summary>
    Unsupported,
}

/// <summary>What an event waits for or does.</summary>
public enum EventKind
{
    /// <summary>No definition.</summary>
    None,

    /// <summary>`messageEventDefinition`.</summary>
    Message,

    /// <summary>`signalEventDefinition`.</summary>
    Signal,

    /// <summary>`timerEventDefinition`.</summary>
    Timer,

    /// <summary>`errorEventDefinition`.</summary>
    Error,

    /// <summary>`escalationEventDefinition`.</summary>
    Escalation,

    /// <summary>`conditionalEventDefinition`.</summary>
    Conditional,

    /// <summary>`compensateEventDefinition`.</summary>
    Compensation,

    /// <summary>`linkEventDefinition`.</summary>
    Link,

    /// <summary>`terminateEventDefinition`.</summary>
    Terminate,

    /// <summary>`cancelEventDefinition`.</summary>
    Cancel,

    /// <summary>Several definitions, or a definition of another kind; drawing only.</summary>
    Multiple,
}

/// <summary>How a timer is written.</summary>
public enum TimerKind
{
    /// <summary>`timeDate`: an instant.</summary>
    Date,

    /// <summary>`timeDuration`: an ISO 8601 duration from the moment of arming.</summary>
    Duration,

    /// <summary>`timeCycle`: an ISO 8601 repetition or a cron expression.</summary>
    Cycle,
}

/// <summary>How often an activity is done.</summary>
public enum LoopKind
{
    /// <summary>`standardLoopCharacteristics`: while a condition holds.</summary>
    Standard,

    /// <summary>`multiInstanceLoopCharacteristics` with `isSequential`: one after the other.</summary>
    Sequential,

    /// <summary>`multiInstanceLoopCharacteristics`: all at once.</summary>
    Parallel,
}
