using System.Text;
using Evenhand.Bpmn.Expressions;
using static Evenhand.Engines.Tests.Bpmn.Expressions.Variables;

namespace Evenhand.Engines.Tests.Bpmn.Expressions;

public sealed class ProblemTests
{
    [Theory]
    [InlineData("${unknown}", "expression-unknown-variable@2")]
    [InlineData("Dear ${name}, ${1 + unknown.x}", "expression-unknown-variable@20")]
    [InlineData("${unknown == null}", "expression-unknown-variable@2")]
    [InlineData("${nothing.x}", "expression-null@10")]
    [InlineData("${nothing['x']}", "expression-null@9")]
    [InlineData("${nothing.size()}", "expression-null@10")]
    [InlineData("${amount.x}", "expression-type@9")]
    [InlineData("${amount > '100'}", "expression-type@9")]
    [InlineData("${name > 1}", "expression-type@7")]
    [InlineData("${vip > false}", "expression-type@6")]
    [InlineData("${nothing < 1}", "expression-type@10")]
    [InlineData("${at > '2026-01-01'}", "expression-type@5")]
    [InlineData("${at == '2026-01-31T12:00:00Z'}", "expression-type@5")]
    [InlineData("${'PT1H' != hour}", "expression-type@9")]
    [InlineData("${hour < month}", "Boolean true")]
    [InlineData("${duration('P1M') < duration('P31D')}", "expression-type@18")]
    [InlineData("${vip && amount}", "expression-type@9")]
    [InlineData("${!name}", "expression-type@3")]
    [InlineData("${n ? 1 : 2}", "expression-type@2")]
    [InlineData("${-name}", "expression-type@2")]
    [InlineData("${vip + 1}", "expression-type@6")]
    [InlineData("${nothing + 1}", "expression-type@10")]
    [InlineData("${'3' * 2}", "expression-type@6")]
    [InlineData("${at + 1}", "expression-type@5")]
    [InlineData("${month / 2}", "expression-type@8")]
    [InlineData("${n in amount}", "expression-type@4")]
    [InlineData("${list['a']}", "expression-type@6")]
    [InlineData("${1 / 0}", "expression-division-by-zero@4")]
    [InlineData("${n % zero}", "expression-division-by-zero@4")]
    [InlineData("${hour / 0}", "expression-division-by-zero@7")]
    [InlineData("${79228162514264337593543950335 + 1}", "expression-overflow@32")]
    [InlineData("${79228162514264337593543950336}", "expression-overflow@2")]
    [InlineData("${at + duration('P9999Y')}", "expression-overflow@5")]
    [InlineData("${1 +}", "expression-unexpected@5")]
    [InlineData("${}", "expression-unexpected@2")]
    [InlineData("${1 2}", "expression-unexpected@4")]
    [InlineData("${(1}", "expression-unexpected@4")]
    [InlineData("${[1, }", "expression-unexpected@6")]
    [InlineData("${1 + @}", "expression-unexpected@6")]
    [InlineData("${12abc}", "expression-unexpected@4")]
    [InlineData("${a.1}", "expression-unexpected@3")]
    [InlineData("${vip ? 1}", "expression-unexpected@9")]
    [InlineData("${and}", "expression-unexpected@2")]
    [InlineData("${a = 1}", "expression-unexpected@4")]
    [InlineData("x ${name", "expression-unclosed@2")]
    [InlineData("${'abc}", "expression-unclosed@2")]
    [InlineData(@"${'a\q'}", "expression-escape@4")]
    [InlineData(@"${'\ud800'}", "expression-escape@2")]
    [InlineData(@"${'\ud83d\ude00'}", "Text 😀")]
    [InlineData("${launch('missiles')}", "expression-unknown-function@2")]
    [InlineData("${name.getClass()}", "expression-unknown-function@7")]
    [InlineData("${execution.setVariable('a', 1)}", "expression-unknown-function@12")]
    [InlineData("${now(1)}", "expression-argument-count@2")]
    [InlineData("${name.contains()}", "expression-argument-count@7")]
    [InlineData("${coalesce()}", "expression-argument-count@2")]
    [InlineData("${lower(1)}", "expression-type@2")]
    [InlineData("${amount.contains('1')}", "expression-type@9")]
    [InlineData("${date('yesterday')}", "expression-argument@2")]
    [InlineData("${duration('1 hour')}", "expression-argument@2")]
    [InlineData("${number('x')}", "expression-argument@2")]
    [InlineData("${substring('abc', 2, 1)}", "expression-argument@2")]
    [InlineData("${matches(name, name)}", "expression-pattern@16")]
    [InlineData("${matches(name, '(a')}", "expression-pattern@16")]
    [InlineData(@"${matches(name, '(a)\\1')}", "expression-pattern@16")]
    [InlineData("${empty amount.x}", "expression-type@15")]
    [InlineData("${coalesce(list['a'], 1)}", "expression-type@15")]
    [InlineData("${empty (unknown + 1)}", "expression-unknown-variable@9")]
    [InlineData("${min(1, 'a')}", "expression-type@2")]
    [InlineData("${sum(list)}", "expression-type@2")]
    [InlineData("${replace('abc', '', 'x')}", "expression-argument@2")]
    public void A_problem_says_what_and_where(string text, string said) => Say(text).ShouldBe(said);

    [Fact]
    public void Arguments_fill_the_sentence()
    {
        Run("${unknown}").Problem!.Arguments.ShouldBe(["unknown"]);
        Run("${amount > 'x'}").Problem!.Arguments.ShouldBe([">", "number, text"]);
        Run("${substring('a')}").Problem!.Arguments.ShouldBe(["substring", "2–3", "1"]);
        Run("${'abc'.substring()}").Problem!.Arguments.ShouldBe(["substring", "1–2", "0"]);
    }

    [Fact]
    public void Parsing_is_bounded()
    {
        static string? Code(string text) => Expression.ParseScript(text).Problem?.Code;
        static string Times(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();
        Code(new string('1', 100_001)).ShouldBe("expression-too-long");
        foreach (var opening in new[] { "(", "[", "{a:", "!", "-", "not ", "empty ", "a[", "size(", "a ? ", "a ? 1 : ", "a.size(", "1 + (2 * ", "a || b && c == d < e + f * -(", "'' + [{a: " })
        {
            var many = Times(opening, 99_000 / opening.Length);
            Code(many).ShouldBe("expression-too-deep", opening);
            if (opening != "empty ") Expression.Parse($"={many}").Problem.ShouldNotBeNull(opening);
        }
        foreach (var chain in new[] { "1 + ", "1 == ", "1 < ", "2 * " }) Code(Times(chain, 15_000) + "1").ShouldBe("expression-too-deep", chain);
        foreach (var path in new[] { ".a", "[0]", ".trim()" }) Code("a" + Times(path, 10_000)).ShouldBe("expression-too-deep", path);
        Code(Times("(", 150) + "1" + Times(")", 150)).ShouldBeNull();
        Code(Times("1 + ", 400) + "1").ShouldBeNull();
        Run($"${{{Times("vip && ", 10_000)}vip}}").Value.ShouldBe(true);
        Run(Times("${n}", 20_000)).Value.AsText.Length.ShouldBe(20_000);
        Run($"${{1 in [{Times("0,", 40_000)}1]}}").Value.ShouldBe(true);
    }

    [Fact]
    public void Evaluating_is_bounded()
    {
        static string? Code(string text, Value x) => Run(text, new Variables { ["x"] = x }).Problem?.Code;
        var shared = Enumerable.Range(0, 30).Aggregate(Value.Of(1), (inner, _) => Value.Of([inner, inner]));
        var same = Enumerable.Range(0, 30).Aggregate(Value.Of(1), (inner, _) => Value.Of([inner, inner]));
        var deep = Enumerable.Range(0, 100_000).Aggregate(Value.Of(1), (inner, _) => Value.Of([inner]));
        var longText = Value.Of(new string('a', 600_000));
        Code("${x == [x]}", shared).ShouldBe("expression-too-slow");
        Code("${'' + x}", shared).ShouldBe("expression-too-slow");
        Code("${[x, 1]}", shared).ShouldBe("expression-too-slow");
        Code("${{'a': x}}", shared).ShouldBe("expression-too-slow");
        Run("${x == y}", new Variables { ["x"] = shared, ["y"] = same }).Problem!.Code.ShouldBe("expression-too-slow");
        Run("${x in [y]}", new Variables { ["x"] = shared, ["y"] = same }).Problem!.Code.ShouldBe("expression-too-slow");
        Code("${'' + x}", deep).ShouldBe("expression-too-deep");
        Code("${x == x}", deep).ShouldBe("expression-too-deep");
        Code("${[x]}", deep).ShouldBe("expression-too-deep");
        Code("${text(x)}", deep).ShouldBe("expression-too-deep");
        Code("${x + x}", longText).ShouldBe("expression-too-large");
        Code("${x}${x}", longText).ShouldBe("expression-too-large");
        Code("${x.replace('a', 'bbbb')}", longText).ShouldBe("expression-too-large");
        Code("${x.contains(x)}", longText).ShouldBe("expression-too-slow");
        Code("${matches(x, '(a*)*b')}", longText).ShouldBe("expression-too-slow");
        Code("${sum(x)}", Value.Of(Enumerable.Repeat(Value.Of(1), 200_000))).ShouldBe("expression-too-slow");
    }

    [Fact]
    public void Any_soup_of_tokens_gives_a_value_or_a_problem_within_the_text()
    {
        var random = new Random(20260303);
        string[] tokens =
        [
            "${", "}", "#{", "=", "\\${", "(", ")", "[", "]", "{", "}", ".", ",", "?", ":", "+", "-", "*", "/", "%", "!", "<", ">", "<=", "==", "!=", "&&", "||", " and ", " or ", " not ", " empty ", " in ", " mod ", " if ", " then ", " else ",
            "amount", "n", "zero", "vip", "name", "nothing", "list", "at", "hour", "month", "order", "unknown", "execution", ".id", ".size()", ".contains(", "size(", "now()", "date(", "duration(", "coalesce(", "min(", "max(", "substring(", "matches(", "replace(",
            "1", "0", "-1", "2.5", "1e28", "9e99", "'a'", "\"b\"", "'", "\\", "'PT1H'", "'2026-01-01'", "true", "false", "null", "中", "\ud83d", "\0", " ", "\n", "@",
        ];
        var good = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var soup = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => tokens[random.Next(tokens.Length)]));
            var text = random.Next(4) switch { 0 => soup, 1 => $"={soup}", _ => $"${{{soup}}}" };
            var (value, problem) = Run(text);
            if (problem is null) good++;
            else problem.Position.ShouldBeInRange(0, text.Length, text);
            (problem is null || value.IsNull).ShouldBeTrue();
        }
        good.ShouldBeGreaterThan(300);
    }
}
