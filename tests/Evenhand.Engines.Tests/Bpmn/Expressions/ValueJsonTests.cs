using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Evenhand.Bpmn.Expressions;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Engines.Tests.Bpmn.Expressions;

public sealed class ValueJsonTests
{
    private static readonly string[] Names = ["a", "$", "$$", "$at", "$for", "$$at", "名", "", "x y", "\"", "$utf16"];

    private static Gen<Value> Scalars => Gen.OneOf(
        Gen.Constant(Value.Null),
        Gen.Elements(true, false).Select(b => Value.Of(b)),
        ArbMap.Default.GeneratorFor<decimal>().Select(Value.Of),
        Gen.Elements("", "$at", "a\u0000\n", "名\ud83d\ude00", "half \ud83d", "\udc00", "2026-01-01").Select(t => Value.Of(t)),
        Gen.Choose(int.MinValue, int.MaxValue).Two().Select(p => Value.Of(new DateTimeOffset(new DateTime(2000, 1, 1).AddTicks(p.Item1 * 1_234_567L), TimeSpan.FromMinutes(p.Item2 % 840)))),
        Gen.Choose(int.MinValue, int.MaxValue).Two().Select(p => Value.Of(new CalendarSpan(p.Item1, TimeSpan.FromTicks(p.Item2 * 7_654_321L)))),
        Gen.Elements(TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.Zero).Select(t => Value.Of(new CalendarSpan(int.MinValue, t))));

    private static Gen<Value> Values(int size) => size <= 0 ? Scalars : Gen.OneOf(
        Scalars,
        Values(size / 2).ListOf().Select(items => Value.Of(items)),
        Gen.Elements(Names).Zip(Values(size / 2)).ListOf().Select(pairs => Value.Of(pairs.DistinctBy(p => p.Item1).ToImmutableDictionary(p => p.Item1, p => p.Item2))));

    [Fact]
    public void What_is_written_is_read_again_exactly() => Prop.ForAll(Gen.Sized(size => Values(Math.Min(size, 12))).ToArbitrary(), value =>
    {
        var json = ValueJson.Write(value);
        var read = ValueJson.Read(json);
        using var document = JsonDocument.Parse(json);
        return read == value && ValueJson.Write(read) == json && ValueJson.Read(document.RootElement) == value;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Kinds_without_a_place_in_json_are_marked_and_names_that_look_so_are_not()
    {
        var value = Value.Of(ImmutableDictionary<string, Value>.Empty
            .Add("$at", "x")
            .Add("due", Value.Of(new DateTimeOffset(2026, 3, 1, 8, 30, 0, TimeSpan.FromHours(8))))
            .Add("for", Value.Of(new CalendarSpan(1, TimeSpan.FromHours(-2))))
            .Add("n", 1.50m));
        ValueJson.Write(value).ShouldBe("""{"$$at":"x","due":{"$at":"2026-03-01T08:30:00\u002B08:00"},"for":{"$for":"P1MT-2H"},"n":1.50}""");
    }

    [Theory]
    [InlineData("1e2", "100")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("1.00000000000000000000000000000000000000", "1")]
    [InlineData("-0.0000000000000000000000000001", "-0.0000000000000000000000000001")]
    [InlineData("0e999999999999999999999", "0")]
    [InlineData("{\"a\":1,\"a\":2}", "{a: 2}")]
    public void Numbers_keep_their_value(string json, string said) => ValueJson.Read(json).ToString().ShouldBe(said);

    [Theory]
    [InlineData("79228162514264337593543950336", "$: ")]
    [InlineData("[1,{\"a\":1e30}]", "$[1].a: ")]
    [InlineData("{\"a\":[0.12345678901234567890123456789]}", "$.a[0]: ")]
    [InlineData("1e-40", "$: ")]
    [InlineData("{\"x\":{\"$at\":\"yesterday\"}}", "$.x.$at: ")]
    [InlineData("{\"$for\":5}", "$.$for: ")]
    [InlineData("{\"$for\":\"PT1H\",\"b\":1}", "$.$for: ")]
    [InlineData("{\"b\":1,\"$for\":\"PT1H\"}", "$.$for: ")]
    [InlineData("{\"$what\":1}", "$.$what: ")]
    [InlineData("\"\\ud800\"", "$: byte 0: ")]
    public void What_cannot_be_held_is_refused_with_its_path(string json, string start) =>
        Should.Throw<FormatException>(() => ValueJson.Read(json)).Message.ShouldStartWith(start);

    [Fact]
    public void Depth_is_bounded_both_ways()
    {
        string Nested(int depth) => new StringBuilder().Append('[', depth).Append(']', depth).ToString();
        var deepest = ValueJson.Read(Nested(32));
        ValueJson.Write(deepest).ShouldBe(Nested(32));
        Should.Throw<FormatException>(() => ValueJson.Read(Nested(33)));
        Should.Throw<FormatException>(() => ValueJson.Write(Value.Of([deepest])));
        var dated = Enumerable.Range(0, 32).Aggregate(Value.Of(default(CalendarSpan)), (inner, _) => Value.Of([inner]));
        ValueJson.Read(ValueJson.Write(dated)).ShouldBe(dated);
    }

    [Theory]
    [InlineData("[1")]
    [InlineData("1 2")]
    [InlineData("{\"a\"}")]
    [InlineData("")]
    public void What_is_no_json_says_so(string json) => Should.Throw<JsonException>(() => ValueJson.Read(json));
}
