using System.Globalization;

namespace Evenhand.Engines.Tests.Telephony;

public sealed class AgentStateTests
{
    private const long Base = 1_700_000_000;

    [Theory]
    // Signed in from the first queue joined to the last left.
    [InlineData("0|ann|q|ADDMEMBER;5|ann|r|ADDMEMBER;50|ann|q|REMOVEMEMBER;60|ann|r|REMOVEMEMBER", "ann SignedIn 0-60")]
    [InlineData("0|ann|NONE|AGENTLOGIN|SIP/1;70|ann|NONE|AGENTLOGOFF|SIP/1|70", "ann SignedIn 0-70")]
    [InlineData("70|ann|NONE|AGENTCALLBACKLOGOFF|1@x|60|Autologoff;70|ann|NONE|AGENTCALLBACKLOGOFF|1@x|60|Autologoff", "ann SignedIn 10-70")]
    [InlineData("70|ann|NONE|AGENTLOGOFF|SIP/1", "")]
    [InlineData("60|ann|q|REMOVEMEMBER", "")]
    [InlineData("0|ann|q|ADDMEMBER", "ann SignedIn 0-")]
    // A pause of all queues is one pause, whatever its lines.
    [InlineData("5|ann|NONE|PAUSEALL|break;5|ann|q|PAUSE|break;5|ann|r|PAUSE|break;9|ann|NONE|UNPAUSEALL|;9|ann|q|UNPAUSE|;9|ann|r|UNPAUSE|", "ann NotReady break 5-9")]
    [InlineData("5|ann|q|PAUSE|break;5|ann|NONE|PAUSEALL|break;9|ann|q|UNPAUSE|;9|ann|NONE|UNPAUSEALL|", "ann NotReady break 5-9")]
    [InlineData("0|ann|q|ADDMEMBER;0|ann|r|ADDMEMBER;5|ann|q|PAUSE|x;6|ann|r|PAUSE|x;8|ann|q|UNPAUSE|;9|ann|q|REMOVEMEMBER;9|ann|r|REMOVEMEMBER",
        "ann NotReady x 6-8;ann NotReady 9-9;ann SignedIn 0-9")]
    [InlineData("5|ann|q|PAUSE;9|ann|q|UNPAUSE", "ann NotReady 5-9")]
    [InlineData("5|ann|q|PAUSE|lunch", "ann NotReady lunch 5-")]
    // Another reason is another pause, the same reason is not.
    [InlineData("5|ann|NONE|PAUSEALL|break;7|ann|NONE|PAUSEALL|break;8|ann|NONE|PAUSEALL|lunch;9|ann|NONE|UNPAUSEALL", "ann NotReady break 5-8;ann NotReady lunch 8-9")]
    [InlineData("5|ann|NONE|PAUSEALL;5|ann|NONE|PAUSEREASON|lunch;9|ann|NONE|UNPAUSEALL", "ann NotReady lunch 5-9")]
    // Joined paused; joined unpaused while paused elsewhere.
    [InlineData("0|ann|q|ADDMEMBER|PAUSED;4|ann|q|UNPAUSE|;9|ann|q|REMOVEMEMBER", "ann NotReady 0-4;ann SignedIn 0-9")]
    [InlineData("0|ann|q|ADDMEMBER;2|ann|NONE|PAUSEALL|x;2|ann|q|PAUSE|x;5|ann|r|ADDMEMBER;9|ann|q|REMOVEMEMBER;9|ann|r|REMOVEMEMBER", "ann NotReady x 2-5;ann SignedIn 0-9")]
    // Leaving the last queue ends the pause too; a restart ends all.
    [InlineData("0|ann|q|ADDMEMBER;3|ann|q|PAUSE|x;9|ann|q|REMOVEMEMBER", "ann NotReady x 3-9;ann SignedIn 0-9")]
    [InlineData("0|ann|q|ADDMEMBER;3|bob|q|PAUSE|x;8|NONE|NONE|QUEUESTART;9|ann|q|REMOVEMEMBER", "ann SignedIn 0-8;bob NotReady x 3-8")]
    // A router that keeps members back between offers makes no pause, and ends the break before it.
    [InlineData("0|ann|q|ADDMEMBER;1|ann|q|PAUSE|evenhand;4|ann|q|UNPAUSE|;5|ann|q|PAUSE|evenhand;9|ann|q|REMOVEMEMBER", "ann SignedIn 0-9")]
    [InlineData("0|ann|q|ADDMEMBER;1|ann|q|PAUSE|evenhand;3|ann|NONE|PAUSEALL|meal;3|ann|q|PAUSE|meal;6|ann|NONE|PAUSEALL|evenhand;6|ann|q|PAUSE|evenhand;9|ann|q|REMOVEMEMBER",
        "ann NotReady meal 3-6;ann SignedIn 0-9")]
    public void Events_make_states(string log, string expected) => Show(log).ShouldBe(expected);

    [Fact]
    public void Lines_twice_make_no_second_state()
    {
        const string Log = "0|ann|q|ADDMEMBER;3|ann|q|PAUSE|x;5|ann|q|UNPAUSE|;9|ann|q|REMOVEMEMBER";
        Show(string.Join(';', Log.Split(';').SelectMany(l => new[] { l, l }))).ShouldBe(Show(Log));
    }

    private static string Show(string log)
    {
        var heard = LogListener.Read(string.Concat(log.Split(';').Select(l =>
        {
            var f = l.Split('|', 4);
            return $"{Base + int.Parse(f[0], CultureInfo.InvariantCulture)}|NONE|{f[2]}|{f[1]}|{f[3]}\n";
        })));
        heard.Faults.ShouldBeEmpty();
        return string.Join(';', heard.States).Replace("17000000", "", StringComparison.Ordinal).Replace(" 0", " ", StringComparison.Ordinal).Replace("-0", "-", StringComparison.Ordinal)
            .Replace(" -", " 0-", StringComparison.Ordinal);
    }
}
