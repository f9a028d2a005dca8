namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class EventSubProcessesTests
{
    private static string Process(string start) => $"""<start id="s"/><user id="a"/><go>s a</go><on id="o"><start id="os" {start}/><user id="h"/><go>os h</go></on>""";

    private static string Inside(string start) => $"""<sub id="x">{Process(start)}</sub><user id="z"/><start id="p0"/><go>p0 x z</go>""";

    [Theory, Proves("eventSubProcess/message", "eventSubProcess/signal", "eventSubProcess/timer", "eventSubProcess/conditional", "eventSubProcess")]
    [InlineData("message='e'")]
    [InlineData("signal='e'")]
    [InlineData("timer='PT1H'")]
    [InlineData("cycle='R3/PT1H'")]
    [InlineData("when='${e}'")]
    public void Interrupts_its_scope(string start)
    {
        var play = Play.With(new { e = false }, Process(start));
        Happen(play.Shows("a"), start).Shows("h");
        (play.Awaited, play.Timers).ShouldBe(("", ""));
        play.Do("h").ShouldHaveEnded();

        var inner = Play.With(new { e = false }, Inside(start));
        Happen(inner.Shows("a"), start).Shows("h").Do("h").Shows("z").Do("z").ShouldHaveEnded();
        Happen(Play.With(new { e = false }, Inside(start)).Do("a").Shows("z"), start, refused: true).Shows("z");
    }

    [Theory, Proves("eventSubProcess-nonInterrupting/message", "eventSubProcess-nonInterrupting/signal", "eventSubProcess-nonInterrupting/timer", "eventSubProcess-nonInterrupting/conditional", "eventSubProcess")]
    [InlineData("message='e' aside=''", 2)]
    [InlineData("signal='e' aside=''", 2)]
    [InlineData("timer='PT1H' aside=''", 1)]
    [InlineData("cycle='R2/PT1H' aside=''", 2)]
    [InlineData("when='${e}' aside=''", 2)]
    public void Runs_beside_its_scope_and_keeps_it_open(string start, int times)
    {
        var play = Play.With(new { e = false }, Inside(start));
        Happen(play, start).Shows("a h");
        if (times > 1) Happen(play, start).Shows("a h h");
        play.Do("a").Do(string.Join(' ', Enumerable.Repeat("h", times))).Shows("z");
        (play.Awaited, play.Timers).ShouldBe(("", ""));
    }

    [Fact, Proves("eventSubProcess/message", "eventSubProcess/timer", "eventSubProcess/signal")]
    public void Stops_listening_for_the_others_when_one_interrupts()
    {
        var play = Play.Of("""
            <start id="s"/><user id="a"/><go>s a</go><on id="o"><start id="os" message="m"/><user id="h"/><go>os h</go></on><on id="p1"><start id="ps" signal="g"/><user id="i"/><go>ps i</go></on>
            <on id="q1"><start id="qs" timer="PT1H" aside=""/><user id="j"/><go>qs j</go></on>
            """);
        play.Fire("qs").Shows("a j").Message("m").Shows("h");
        (play.Awaited, play.Timers).ShouldBe(("", ""));
        play.Do("h").ShouldHaveEnded();
    }

    [Fact, Proves("eventSubProcess-nonInterrupting/message")]
    public void Stays_open_after_the_main_flow_and_can_start_again()
    {
        var play = Play.Of(Process("message='e' aside=''"));
        play.Message("e").Do("a").Shows("h").Message("e").Shows("h h").Do("h h").ShouldHaveEnded();
    }

    [Fact, Proves("eventSubProcess/timer")]
    public void Has_events_of_its_own()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><go>s a</go><on id="o"><start id="os" message="m"/><user id="h"/><boundary id="b" on="h" timer="PT1H"/><user id="k"/><go>os h</go><go>b k</go><on id="n"><start id="ns" signal="g"/><user id="deep"/><go>ns deep</go></on></on>""");
        play.Message("m").Shows("h").Fire("b").Shows("k").Signal("g").Shows("deep").Do("deep").ShouldHaveEnded();
    }

    [Fact, Proves("eventSubProcess/timer", "multiInstance/parallel")]
    public void Listens_in_each_repetition()
    {
        var play = Play.Of("""<start id="s"/><sub id="x" par="3"><start id="xs"/><user id="a"/><go>xs a</go><on id="o"><start id="os" timer="PT1H"/><user id="h"/><go>os h</go></on></sub><user id="z"/><go>s x z</go>""");
        play.Timers.ShouldBe("os os os");
        play.Fire("os").Shows("a a h").Do("a h a").Shows("z");
    }

    [Fact, Proves("eventSubProcess/signal", "intermediateThrowEvent/signal")]
    public void Catches_a_signal_thrown_in_its_own_scope()
    {
        var play = Play.Of("""<start id="s"/><throw id="t" signal="g"/><user id="a"/><go>s t a</go><on id="o"><start id="os" signal="g"/><user id="h"/><go>os h</go></on>""");
        play.Shows("h").Do("h").ShouldHaveEnded();
    }

    [Fact, Proves("eventSubProcess/error", "endEvent/error")]
    public void Catches_an_error_before_the_boundary()
    {
        var play = Play.Of("""<start id="s"/><sub id="x"><start id="xs"/><user id="a"/><end id="e" error="E"/><go>xs a e</go><on id="o"><start id="os" error="E"/><user id="h"/><go>os h</go></on></sub><boundary id="b" on="x" error="E"/><user id="z"/><user id="n"/><go>s x n</go><go>b z</go>""");
        play.Do("a").Shows("h").Do("h").Shows("n");
    }

    [Fact, Proves("eventSubProcess/escalation", "eventSubProcess-nonInterrupting/escalation")]
    public void Catches_escalations_of_deeper_scopes()
    {
        const string body = """<start id="s"/><sub id="x"><start id="xs"/><throw id="t" escalation="X"/><user id="a"/><go>xs t a</go></sub><user id="n"/><go>s x n</go><on id="o"><start id="os" escalation="X"{0}/><user id="h"/><go>os h</go></on>""";
        Play.Of(body.Replace("{0}", "", StringComparison.Ordinal)).Shows("h").Do("h").ShouldHaveEnded();
        Play.Of(body.Replace("{0}", " aside=''", StringComparison.Ordinal)).Shows("a h").Do("a").Shows("h n").Do("h n").ShouldHaveEnded();
    }

    [Fact, Proves("eventSubProcess/message", "endEvent/terminate")]
    public void Ends_only_itself_with_a_terminate_end()
    {
        var play = Play.Of("""<start id="s"/><user id="a"/><go>s a</go><on id="o"><start id="os" message="m" aside=""/><and id="f"/><user id="h"/><user id="k"/><end id="e" terminate=""/><go>os f h e</go><go>f k</go></on>""");
        play.Message("m").Shows("a h k").Do("h").Shows("a").Do("a").ShouldHaveEnded();
    }

    [Fact, Proves("eventSubProcess/message", "callActivity")]
    public void Stops_a_called_process_it_interrupts()
    {
        var play = Play.Of("""<start id="s"/><call id="c" calls="q"/><go>s c</go><on id="o"><start id="os" message="m"/><user id="h"/><go>os h</go></on>""", ("q", """<start id="s"/><user id="u"/><go>s u</go>"""));
        play.Shows("u").Message("m").Shows("h").Do("h").ShouldHaveEnded();
    }

    private static Play Happen(Play play, string start, bool refused = false)
    {
        if (refused) return start[0] == 'm' ? play.Rehearsal.Deliver(new("e")) is not null ? play : throw new ShouldAssertException("taken") : start[0] == 's' ? play.Signal("e") : play.Wait("PT5H").Set(new { e = true });
        return start[0] switch { 'm' => play.Message("e"), 's' => play.Signal("e"), 'w' => play.Set(new { e = true }), _ => play.Fire("os") };
    }
}
