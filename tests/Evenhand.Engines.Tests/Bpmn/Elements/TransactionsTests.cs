using Evenhand.Bpmn.Execution;

namespace Evenhand.Engines.Tests.Bpmn.Elements;

public sealed class TransactionsTests
{
    private static string Process(string repeated = "", string boundary = "<boundary id=\"c\" on=\"x\" cancel=\"\"/><go>c cancelled</go>") => $"""
        <start id="s"/>
        <tx id="x" {repeated}><start id="xs"/>
          <user id="hotel"/><boundary id="h" on="hotel" compensate="" by="undoHotel"/><user id="undoHotel" undoes="true"/>
          <user id="flight"/><boundary id="f" on="flight" compensate="" by="undoFlight"/><user id="undoFlight" undoes="true"/>
          <user id="ask"/><xor id="g" default="g_ok"/><end id="ok"/><end id="stop" cancel=""/>
          <go>xs hotel flight ask g ok</go><go if="{"${!agreed}"}">g stop</go>
        </tx>
        {boundary}<user id="done"/><user id="cancelled"/><go>s x done</go>
        """;

    [Fact, Proves("transaction")]
    public void Goes_on_when_it_succeeds() => Play.Of(Process()).Do("hotel flight").Do("ask", new { agreed = true }).Shows("done").Do("done").ShouldHaveEnded();

    [Fact, Proves("transaction", "endEvent/cancel", "boundaryEvent/cancel", "boundaryEvent/compensation")]
    public void Compensates_what_was_done_before_it_leaves_by_its_cancel_event()
    {
        var play = Play.Of(Process()).Do("hotel flight").Do("ask", new { agreed = false });
        play.Shows("undoFlight undoHotel").Do("undoFlight").Shows("undoHotel").Do("undoHotel").Shows("cancelled").Do("cancelled").ShouldHaveEnded();
    }

    [Fact, Proves("transaction", "endEvent/cancel")]
    public void Ends_without_a_cancel_event() =>
        Play.Of(Process(boundary: "")).Do("hotel flight").Do("ask", new { agreed = false }).Do("undoFlight undoHotel").ShouldHaveEnded();

    [Fact, Proves("transaction", "endEvent/cancel")]
    public void Stops_what_runs_beside_before_it_compensates()
    {
        var play = Play.Of("""
            <start id="s"/><tx id="x"><start id="xs"/><and id="f"/><user id="a"/><boundary id="ab" on="a" compensate="" by="undo"/><user id="undo" undoes="true"/><user id="b"/><boundary id="t" on="b" timer="PT1H"/><user id="c"/><end id="stop" cancel=""/><go>xs f a</go><go>f b</go><go>f c stop</go><go>t b</go></tx>
            <boundary id="k" on="x" cancel=""/><user id="z"/><go>s x</go><go>k z</go>
            """);
        play.Do("a c").Shows("undo").Timers.ShouldBe("");
        play.Do("undo").Shows("z");
    }

    [Fact, Proves("transaction", "endEvent/cancel")]
    public void Leaves_at_once_when_nothing_was_done() =>
        Play.Of("""<start id="s"/><tx id="x"><start id="xs"/><end id="stop" cancel=""/><go>xs stop</go></tx><boundary id="k" on="x" cancel=""/><user id="z"/><go>s x</go><go>k z</go>""").Shows("z");

    [Theory, Proves("transaction", "endEvent/cancel")]
    [InlineData("inner", "undoIn", "zi")]
    [InlineData("outer", "undoIn undoOut", "zo")]
    public void Cancels_the_innermost_transaction_around_the_end(string which, string undo, string after)
    {
        const string body = """
            <start id="s"/><tx id="x"><start id="xs"/><user id="a"/><boundary id="ab" on="a" compensate="" by="undoOut"/><user id="undoOut" undoes="true"/>
              <tx id="y"><start id="ys"/><user id="b"/><boundary id="bb" on="b" compensate="" by="undoIn"/><user id="undoIn" undoes="true"/><xor id="g" default="g_ye"/><end id="yc" cancel=""/><end id="ye"/><go>ys b g ye</go><go if="${which == 'inner'}">g yc</go></tx>
              <boundary id="k" on="y" cancel=""/><user id="zi"/><xor id="m"/><end id="xc" cancel=""/><go>xs a y m xc</go><go>k zi</go></tx>
            <boundary id="l" on="x" cancel=""/><user id="zo"/><go>s x</go><go>l zo</go>
            """;
        Play.With(new { which }, body).Do("a b").Shows(undo).Do(undo).Shows(after);
    }

    [Fact, Proves("transaction", "multiInstance/parallel", "endEvent/cancel")]
    public void Compensates_all_repetitions_when_one_cancels()
    {
        var play = Play.Of(Process("par='3'")).Do("hotel hotel hotel flight flight");
        play.Do("ask", new { agreed = true }).Shows("ask flight").Do("ask", new { agreed = false });
        play.Shows("undoFlight undoFlight undoHotel undoHotel undoHotel").Do("undoHotel undoFlight undoHotel undoFlight").Shows("undoHotel").Do("undoHotel").Shows("cancelled").Do("cancelled").ShouldHaveEnded();
    }

    [Fact, Proves("transaction", "multiInstance/parallel")]
    public void Goes_on_when_all_repetitions_succeed() =>
        Play.With(new { agreed = true }, Process("par='2'")).Do("hotel hotel flight flight ask ask").Shows("done");

    [Fact, Proves("transaction", "intermediateThrowEvent/compensation")]
    public void Is_compensated_later_like_a_sub_process()
    {
        var play = Play.Of("""<start id="s"/><tx id="x"><start id="xs"/><user id="a"/><boundary id="ab" on="a" compensate="" by="undo"/><user id="undo" undoes="true"/><go>xs a</go></tx><throw id="t" compensate="x"/><user id="z"/><go>s x t z</go>""");
        play.Do("a").Shows("undo").Do("undo").Shows("z").Do("z").ShouldHaveEnded();
    }

    [Fact, Proves("transaction", "endEvent/cancel", "subProcess")]
    public void Is_cancelled_from_a_sub_process_inside_it()
    {
        var play = Play.Of("""
            <start id="s"/><tx id="x"><start id="xs"/><user id="a"/><boundary id="ab" on="a" compensate="" by="undo"/><user id="undo" undoes="true"/><sub id="y"><start id="ys"/><user id="b"/><boundary id="bb" on="b" compensate="" by="undoB"/><user id="undoB" undoes="true"/><end id="ye" cancel=""/><go>ys b ye</go></sub><go>xs a y</go></tx>
            <boundary id="k" on="x" cancel=""/><user id="z"/><go>s x</go><go>k z</go>
            """);
        play.Do("a b").Shows("undo").Do("undo").Shows("z");
    }

    [Fact, Proves("transaction", "boundaryEvent/cancel")]
    public void Refuses_cancel_events_outside_a_transaction()
    {
        Play.Errors("""<start id="s"/><sub id="x"><start id="xs"/><end id="e" cancel=""/><go>xs e</go></sub><go>s x</go>""").ShouldBe("cancel-outside-transaction@e");
        Play.Errors("""<start id="s"/><user id="x"/><boundary id="b" on="x" cancel=""/><end id="z"/><go>s x</go><go>b z</go>""").ShouldBe("cancel-outside-transaction@b");
    }

    [Fact, Proves("transaction")]
    public void Is_cancelled_with_its_instance()
    {
        var play = Play.Of(Process()).Do("hotel flight").Do("ask", new { agreed = false });
        play.Give(new Cancel()).ShouldHaveEnded();
    }
}
