using Evenhand.Kernel;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Evenhand.Intake.Columns;

/// <summary>How the columns of a delimited file are to be read, as a YAML file says it. A column is named as in the header, or by its number from 1.</summary>
internal sealed class ColumnMap
{
    /// <summary>`call-records` or `agent-states`.</summary>
    public string Kind { get; set; } = "call-records";
    public string? Source { get; set; }
    public string Delimiter { get; set; } = "comma";
    public bool Header { get; set; } = true;
    public string? Encoding { get; set; }
    public string? Zone { get; set; }

    /// <summary>Columns that together make the call's id; without them the row itself is its id.</summary>
    public Pick? Call { get; set; }
    public Pick? Queue { get; set; }
    public Pick? Agent { get; set; }
    public Pick? Customer { get; set; }

    /// <summary>The day's column, when times come without it.</summary>
    public Pick? Date { get; set; }
    public Pick? Entered { get; set; }
    public Pick? Connected { get; set; }
    public Pick? Ended { get; set; }
    public Pick? Wait { get; set; }
    public Pick? Ring { get; set; }
    public Pick? Talk { get; set; }
    public Pick? Hold { get; set; }
    public Pick? AfterContact { get; set; }
    public OutcomeWords? Outcome { get; set; }
    public Words? EndedBy { get; set; }

    /// <summary>A row that was not answered and of which this holds never came into a queue.</summary>
    public Check? BeforeQueue { get; set; }

    /// <summary>`keep` (the queue answered it, nobody is credited) or `reject`.</summary>
    public string AnsweredWithoutAgent { get; set; } = "keep";
    public List<Check> Checks { get; set; } = [];

    public Pick? State { get; set; }
    public Pick? Reason { get; set; }
    public Pick? Start { get; set; }
    public Pick? End { get; set; }

    /// <summary>State words of the file → states of this program.</summary>
    public Dictionary<string, string> States { get; set; } = [];

    public static ColumnMap ForStates { get; } = new()
    {
        Kind = "agent-states",
        Agent = Pick.Of("agent", "坐席", "座席", "客服", "工号", "员工"),
        State = Pick.Of("state", "status", "状态"),
        Reason = Pick.Of("reason", "原因", "事由"),
        Start = Pick.Of("start", "begin", "from", "开始", "开始时间"),
        End = Pick.Of("end", "to", "until", "结束", "结束时间"),
    };

    public char DelimiterChar => Delimiter switch { "tab" => '\t', "comma" => ',', "semicolon" => ';', "pipe" => '|', _ => Delimiter[0] };

    /// <summary>Reads a map; a refusal names the place in it that is wrong.</summary>
    public static Outcome<ColumnMap> Read(string name, TextReader yaml)
    {
        try
        {
            var map = new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).WithTypeConverter(new PickReader()).Build().Deserialize<ColumnMap?>(yaml);
            if (map is null) return new Refusal("intake.map-empty", name);
            if (map.Delimiter.Length == 0) return new Refusal("intake.map-lacks", name, "delimiter");
            if (map.Kind == "agent-states") map.Adopt(ForStates);
            return map.Lacking() is { } lacking ? new Refusal("intake.map-lacks", name, lacking) : map;
        }
        catch (YamlException fault)
        {
            return new Refusal("intake.map-broken", name, fault.Start.Line, fault.Start.Column, fault.InnerException?.Message ?? fault.Message);
        }
    }

    private void Adopt(ColumnMap usual) =>
        (Agent, State, Reason, Start, End) = (Agent ?? usual.Agent, State ?? usual.State, Reason ?? usual.Reason, Start ?? usual.Start, End ?? usual.End);

    private string? Lacking() => Kind switch
    {
        "agent-states" => null,
        "call-records" => Queue is null ? "queue" : Entered is null ? "entered" : Outcome is null ? "outcome" : null,
        _ => "kind: call-records | agent-states",
    };
}

/// <summary>One value of a row: the first of some columns that says something, or all of them joined for an id.</summary>
internal sealed class Pick
{
    public List<string> Columns { get; set; } = [];

    /// <summary>Values that mean nothing is known.</summary>
    public List<string> None { get; set; } = [];

    /// <summary>.NET format of a date or time; ISO and unix seconds are understood without.</summary>
    public string? Format { get; set; }

    public static Pick Of(params string[] columns) => new() { Columns = [.. columns] };
}

/// <summary>What the words of a column mean.</summary>
internal class Words
{
    public string Column { get; set; } = "";
    public List<string> Agent { get; set; } = [];
    public List<string> Customer { get; set; } = [];
    public List<string> Transfer { get; set; } = [];
}

/// <summary>What the outcomes of a file mean.</summary>
internal sealed class OutcomeWords
{
    public string Column { get; set; } = "";
    public List<string> Answered { get; set; } = [];
    public List<string> Abandoned { get; set; } = [];
    public List<string> TimedOut { get; set; } = [];
    public List<string> KeyExit { get; set; } = [];
    public List<string> Other { get; set; } = [];

    /// <summary>Rows to be left out.</summary>
    public List<string> Ignored { get; set; } = [];
}

/// <summary>A flaw to look for in each row.</summary>
internal sealed class Check
{
    /// <summary>Stable code by which the rows are counted.</summary>
    public string Reason { get; set; } = "";
    public string Column { get; set; } = "";

    /// <summary>Wrong when the number is below this.</summary>
    public long? Below { get; set; }

    /// <summary>Wrong when the text is one of these.</summary>
    public List<string> Is { get; set; } = [];

    /// <summary>Looked for only in rows of these outcomes; empty for all.</summary>
    public List<string> Outcomes { get; set; } = [];

    /// <summary>False: the row is counted and kept.</summary>
    public bool Reject { get; set; } = true;
}

/// <summary>A pick is written as a column's name, a list of them, or in full.</summary>
internal sealed class PickReader : IYamlTypeConverter
{
    public bool Accepts(Type type) => type == typeof(Pick);

    public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
    {
        if (parser.TryConsume<Scalar>(out var one)) return Pick.Of(one.Value);
        if (parser.Accept<SequenceStart>(out _)) return Pick.Of([.. (List<string>)rootDeserializer(typeof(List<string>))!]);
        var pick = new Pick();
        var start = parser.Consume<MappingStart>();
        while (!parser.TryConsume<MappingEnd>(out _))
            switch (parser.Consume<Scalar>())
            {
                case { Value: "column" }: pick.Columns = [parser.Consume<Scalar>().Value]; break;
                case { Value: "columns" }: pick.Columns = (List<string>)rootDeserializer(typeof(List<string>))!; break;
                case { Value: "none" }: pick.None = (List<string>)rootDeserializer(typeof(List<string>))!; break;
                case { Value: "format" }: pick.Format = parser.Consume<Scalar>().Value; break;
                case var other: throw new YamlException(other.Start, other.End, $"'{other.Value}': column, columns, none, format");
            }
        return pick.Columns.Count > 0 ? pick : throw new YamlException(start.Start, start.End, "column?");
    }

    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) => throw new NotSupportedException();
}
