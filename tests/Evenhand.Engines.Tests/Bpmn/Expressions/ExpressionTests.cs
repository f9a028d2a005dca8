using Evenhand.Bpmn.Expressions;
using static Evenhand.Engines.Tests.Bpmn.Expressions.Variables;

namespace Evenhand.Engines.Tests.Bpmn.Expressions;

public sealed class ExpressionTests
{
    [Theory]
    [InlineData("plain", "Text plain")]
    [InlineData("", "Text")]
    [InlineData("${amount}", "Number 120.5")]
    [InlineData("#{amount}", "Number 120.5")]
    [InlineData("\n   ${vip}\n  ", "Boolean true")]
    [InlineData("Dear ${name}, ${n}!", "Text Dear Ada, 3!")]
    [InlineData("${name}${n}", "Text Ada3")]
    [InlineData(" a ${name} ", "Text  a Ada")]
    [InlineData(@"costs \${n} ${n}", "Text costs ${n} 3")]
    [InlineData("5 $ and # and {}", "Text 5 $ and # and {}")]
    [InlineData("${'}'}", "Text }")]
    [InlineData("${客户}你好", "Text 张三你好")]
    [InlineData("[${nothing}]", "Text []")]
    [InlineData("${{'a': n, b: 'x'}.a}", "Number 3")]
    public void A_text_with_holes_keeps_the_kind_of_a_single_hole(string text, string said) => Say(text).ShouldBe(said);

    [Theory]
    [InlineData("1 + 2 * 3", "Number 7")]
    [InlineData("(1 + 2) * 3", "Number 9")]
    [InlineData("10 - 4 - 3", "Number 3")]
    [InlineData("10 / 4", "Number 2.5")]
    [InlineData("10 div 4", "Number 2.5")]
    [InlineData("10 % 4", "Number 2")]
    [InlineData("10 mod 4", "Number 2")]
    [InlineData("-n + 5", "Number 2")]
    [InlineData("2 - -n", "Number 5")]
    [InlineData("-2 * -3", "Number 6")]
    [InlineData("1 + 'a'", "Text 1a")]
    [InlineData("'1' + 1", "Text 11")]
    [InlineData("'a' + nothing", "Text a")]
    [InlineData("1e3 + .5", "Number 1000.5")]
    [InlineData("0.1 + 0.2", "Number 0.3")]
    [InlineData("true || false && false", "Boolean true")]
    [InlineData("(true || false) && false", "Boolean false")]
    [InlineData("true or false and false", "Boolean true")]
    [InlineData("!vip == false", "Boolean true")]
    [InlineData("not vip or vip", "Boolean true")]
    [InlineData("1 + 1 == 2 && 3 < 4", "Boolean true")]
    [InlineData("n ge 3 and n le 3 and n gt 2 and n lt 4 and n eq 3 and n ne 4", "Boolean true")]
    [InlineData("n >= 3 && n <= 3 && n > 2 && n < 4 && n == 3 && n != 4", "Boolean true")]
    [InlineData("1 < 2 == true", "Boolean true")]
    [InlineData("vip ? 'a' : 'b'", "Text a")]
    [InlineData("!vip ? 1 : vip ? 2 : 3", "Number 2")]
    [InlineData("vip ? n > 2 ? 'x' : 'y' : 'z'", "Text x")]
    [InlineData("'it''s'", "expression-unexpected@6")]
    [InlineData(@"'it\'s' + ""\""\\\n\u4e2d""", "Text it's\"\\\n中")]
    [InlineData("[1, 2 + 3, 'x']", "List [1, 5, x]")]
    [InlineData("3 in [1, 2, 3]", "Boolean true")]
    [InlineData("'3' in [1, 2, 3]", "Boolean true")]
    [InlineData("name in ['Bob']", "Boolean false")]
    [InlineData("n in list && 'id' in order", "Boolean true")]
    [InlineData("empty nothing && empty blank && empty none && empty unknown && !empty list", "Boolean true")]
    [InlineData("empty unknown.x.y && empty nothing.x && not empty order.id", "Boolean true")]
    [InlineData("order.customer.name", "Text Lin")]
    [InlineData("order['customer']['name']", "Text Lin")]
    [InlineData("order.missing", "Null")]
    [InlineData("list[0] + list[2]", "Number 4")]
    [InlineData("list[3]", "Null")]
    [InlineData("list[0.5]", "Null")]
    [InlineData("'3' == 3 && 3 == '3.0' && '3x' != 3 && vip != 'true'", "Boolean true")]
    [InlineData("nothing == null && name != null && null == null", "Boolean true")]
    [InlineData("list == [1, 'two', 3]", "Boolean true")]
    public void Operators_do_what_the_table_says(string script, string said) => Say($"${{{script}}}").ShouldBe(said);

    [Theory]
    [InlineData("date('2026-02-03').day + date('2026-02-03T04:05:06Z').second", "Number 9")]
    [InlineData("date('2026-02-03')", "Instant 2026-02-03T00:00:00+08:00")]
    [InlineData("date('2026-02-03') == date('2026-02-02T16:00:00Z')", "Boolean true")]
    [InlineData("now()", "Instant 2026-03-01T08:30:00+08:00")]
    [InlineData("today()", "Instant 2026-03-01T00:00:00+08:00")]
    [InlineData("at + month", "Instant 2026-02-28T12:00:00+00:00")]
    [InlineData("month + at == dateAdd(at, duration('P1M'))", "Boolean true")]
    [InlineData("at - hour * 1.5", "Instant 2026-01-31T10:30:00+00:00")]
    [InlineData("now() - at", "Duration P28DT12H30M")]
    [InlineData("now() > at && at <= at && max(at, now()) == now()", "Boolean true")]
    [InlineData("duration('PT3H') / 3 == hour && -hour < hour", "Boolean true")]
    [InlineData("duration('P1Y') / 12 + hour", "Duration P1MT1H")]
    [InlineData("daysBetween(at, at + duration('P2DT12H')) + hoursBetween(at, at + hour) + minutesBetween(at, at)", "Number 3.5")]
    [InlineData("year(at) * 10000 + month(at) * 100 + day(at)", "Number 20260131")]
    [InlineData("dayOfWeek(date('2026-03-01')) + hour(now()) + minute(now())", "Number 45")]
    [InlineData("size(list) + size('abc') + size(order)", "Number 8")]
    [InlineData("list.size() + 'abc'.length() + order.size()", "Number 8")]
    [InlineData("contains('abc', 'bc') && contains(list, 'two') && !list.contains(9) && 'abc'.contains('c')", "Boolean true")]
    [InlineData("name.startsWith('A') && name.endsWith('a') && startsWith(name, 'Ad') && !endsWith(name, 'x')", "Boolean true")]
    [InlineData("matches(name, 'A.a') && !matches(name, 'd') && name.matches('[A-Z][a-z]+')", "Boolean true")]
    [InlineData("upper(name) + lower(name) + trim('  x ') + name.toUpperCase() + name.toLowerCase()", "Text ADAadaxADAada")]
    [InlineData("substring('abcdef', 2) + 'abcdef'.substring(1, 3) + replace('aXa', 'X', '-')", "Text cdefbca-a")]
    [InlineData("join(list, '/') + 'abcabc'.indexOf('c') + list.indexOf('two')", "Text 1/two/321")]
    [InlineData("round(2.5) + round(-2.5) + round(2.345, 2) + floor(-1.5) + ceil(1.2) + abs(-1)", "Number 3.35")]
    [InlineData("min(3, 1, 2) + max([3, 1, 2]) + sum(1, 2) + sum([])", "Number 7")]
    [InlineData("max([])", "Null")]
    [InlineData("max('a', 'b')", "Text b")]
    [InlineData("coalesce(unknown, nothing, order.missing, nothing.x, name)", "Text Ada")]
    [InlineData("coalesce(1 / 0, 2)", "expression-division-by-zero@13")]
    [InlineData("number(' 1.50 ') + number(1)", "Number 2.5")]
    [InlineData("text(1.50) + text([1, null]) + order.toString()", "Text 1.5[1, ]{customer: {name: Lin}, id: A-1}")]
    [InlineData("list.get(0) + order.get('id') + order.containsKey('x')", "Text 1A-1false")]
    [InlineData("''.isEmpty() && none.isEmpty() && isEmpty(nothing) && !list.isEmpty()", "Boolean true")]
    [InlineData("name.equals('Ada') && !n.equals('x') && name.equalsIgnoreCase('aDA')", "Boolean true")]
    [InlineData("execution.hasVariable('n') && hasVariable('vip') && !hasVariable('unknown')", "Boolean true")]
    [InlineData("execution.getVariable('n') + 1", "Number 4")]
    [InlineData("list + [4]", "List [1, two, 3, 4]")]
    public void Functions_and_methods_are_a_fixed_set(string script, string said) => Say($"${{{script}}}").ShouldBe(said);

    [Theory]
    [InlineData("=n", "Number 3")]
    [InlineData("= n > 1 and name = \"Ada\"", "Boolean true")]
    [InlineData("= if vip then \"a\" else if n > 1 then \"b\" else \"c\"", "Text a")]
    [InlineData("=[1,2][1]", "Number 1")]
    [InlineData("=list[-1]", "Number 3")]
    [InlineData("=\"a\" + \"b\"", "Text ab")]
    [InlineData("=count(list) + string length(\"abc\")", "Number 6")]
    [InlineData("=not(vip)", "Boolean false")]
    [InlineData("=not(vip) or n in [3]", "Boolean true")]
    [InlineData("={a: n, \"b c\": [name]}", "Map {a: 3, b c: [Ada]}")]
    [InlineData("=string join(list, \", \")", "Text 1, two, 3")]
    [InlineData("=substring(\"foobar\", 3) + substring(\"foobar\", 3, 2) + substring(\"foobar\", -2, 1)", "Text obaroba")]
    [InlineData("=date and time(\"2026-03-01T00:00:00Z\") > now()", "Boolean false")]
    [InlineData("=order.customer.name", "Text Lin")]
    [InlineData("=is defined(unknown)", "Boolean false")]
    [InlineData("=contains(upper case(name), \"DA\") and list contains(list, 3)", "Boolean true")]
    [InlineData("=unknown", "expression-unknown-variable@1")]
    [InlineData("=n ==", "expression-unexpected@3")]
    [InlineData("=vip && vip", "expression-unexpected@5")]
    [InlineData("=", "expression-unexpected@1")]
    public void Feel_is_read_after_an_equals_sign(string text, string said) => Say(text).ShouldBe(said);

    [Theory]
    [InlineData("n + 1", "Number 4")]
    [InlineData(" ${n + 1} ", "Number 4")]
    [InlineData("=n = 3", "Boolean true")]
    public void A_script_is_one_expression(string text, string said)
    {
        var (expression, problem) = Expression.ParseScript(text);
        problem.ShouldBeNull();
        var (value, _) = expression!.Evaluate(Some, Now);
        $"{value.Kind} {value}".ShouldBe(said);
    }

    [Theory]
    [InlineData("plain", true, "")]
    [InlineData("${1 + 2 > 2}", true, "")]
    [InlineData("${duration('PT1H')}", true, "")]
    [InlineData("${now()}", false, "")]
    [InlineData("${date('2026-01-01')}", false, "")]
    [InlineData("${a + b.c[d] + a}", false, "a b d")]
    [InlineData("${hasVariable('x') ? execution.getVariable('y') : z}", false, "x y z")]
    [InlineData("=a and count(b)", false, "a b")]
    public void What_is_read_is_known_beforehand(string text, bool constant, string names)
    {
        var expression = Expression.Parse(text).Expression!;
        expression.IsConstant.ShouldBe(constant);
        expression.Variables.ShouldBe(names.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        expression.Text.ShouldBe(text);
    }

    [Theory]
    [InlineData("${false && 1 / 0 > 0}")]
    [InlineData("${!(true || unknown)}")]
    [InlineData("${true ? false : unknown}")]
    [InlineData("${false ? unknown.x.y : false}")]
    public void What_does_not_matter_is_not_evaluated(string text) => Say(text).ShouldBe("Boolean false");

    [Fact]
    public void Numbers_and_logic_agree_with_the_machine()
    {
        var random = new Random(20260304);
        for (var round = 0; round < 3_000; round++)
        {
            var (text, number) = Sum(random, 4);
            Run($"${{{text}}}").Value.AsNumber.ShouldBe(number, text);
        }
    }

    private static (string Text, decimal Number) Sum(Random random, int depth)
    {
        if (depth == 0 || random.Next(4) == 0)
        {
            var n = random.Next(1, 20);
            return ($"{n}", n);
        }
        var ((a, x), (b, y)) = (Sum(random, depth - 1), Sum(random, depth - 1));
        return random.Next(5) switch
        {
            0 => ($"({a} + {b})", x + y),
            1 => ($"({a}) - ({b})", x - y) is var (t, n) ? ($"({t})", n) : default,
            2 => ($"({a}) * ({b})", x * y),
            3 => ($"-({a})", -x) is var (t, n) ? ($"({t})", n) : default,
            _ => ($"(({a}) < ({b}) ? ({a}) : ({b}))", Math.Min(x, y)),
        };
    }
}
