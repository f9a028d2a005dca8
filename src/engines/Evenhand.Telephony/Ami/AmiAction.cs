using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Evenhand.Telephony.Ami;

/// <summary>A command to an Asterisk Manager Interface. Ends of line within values become blanks, so that no value can smuggle in a command of its own.</summary>
public sealed class AmiAction
{
    private readonly List<(string Key, string Value)> _fields = [];

    private AmiAction(string name) => Name = name;

    /// <summary>The action's name, such as QueuePause.</summary>
    public string Name { get; }

    /// <summary>Asks for the challenge of an MD5 login.</summary>
    /// <returns>The action.</returns>
    public static AmiAction Challenge() => new AmiAction("Challenge").With("AuthType", "MD5");

    /// <summary>Logs in with the secret itself, without events.</summary>
    /// <param name="account">Who logs in.</param>
    /// <returns>The action.</returns>
    public static AmiAction Login(AmiAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new AmiAction("Login").With("Username", account.User).With("Secret", account.Secret).With("Events", "off");
    }

    /// <summary>Logs in with the answer to a challenge, without events: the secret does not go over the line.</summary>
    /// <param name="account">Who logs in.</param>
    /// <param name="challenge">What the PBX sent.</param>
    /// <returns>The action.</returns>
    public static AmiAction Login(AmiAccount account, string challenge)
    {
        ArgumentNullException.ThrowIfNull(account);
#pragma warning disable CA5351 // The protocol knows no other digest.
        var key = MD5.HashData(Encoding.UTF8.GetBytes(challenge + account.Secret));
#pragma warning restore CA5351
        return new AmiAction("Login").With("AuthType", "MD5").With("Username", account.User).With("Key", Convert.ToHexStringLower(key)).With("Events", "off");
    }

    /// <summary>Chooses the classes of events to be sent.</summary>
    /// <param name="mask">Class names with commas, <c>on</c> or <c>off</c>.</param>
    /// <returns>The action.</returns>
    public static AmiAction Events(string mask) => new AmiAction("Events").With("EventMask", mask);

    /// <summary>Asks for a sign of life; the answer carries the PBX's time.</summary>
    /// <returns>The action.</returns>
    public static AmiAction Ping() => new("Ping");

    /// <summary>Asks for the state of queues, their members and waiting callers.</summary>
    /// <param name="queue">One queue only; all when null.</param>
    /// <returns>The action.</returns>
    public static AmiAction QueueStatus(string? queue = null) => new AmiAction("QueueStatus").With("Queue", queue);

    /// <summary>Asks for the channels alive: the calls in hand are told by them alone.</summary>
    /// <returns>The action.</returns>
    public static AmiAction CoreShowChannels() => new("CoreShowChannels");

    /// <summary>Pauses a member, or lets it work again.</summary>
    /// <param name="member">The member's interface.</param>
    /// <param name="paused">True to pause.</param>
    /// <param name="queue">One queue only; all the member's queues when null.</param>
    /// <param name="reason">Why, written to the log.</param>
    /// <returns>The action.</returns>
    public static AmiAction QueuePause(string member, bool paused, string? queue = null, string? reason = null) =>
        new AmiAction("QueuePause").With("Interface", member).With("Paused", paused ? "true" : "false").With("Queue", queue).With("Reason", reason);

    /// <summary>Adds a member to a queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="member">The member's interface.</param>
    /// <param name="name">The member's name in the log.</param>
    /// <param name="paused">Whether it begins paused.</param>
    /// <param name="penalty">Its penalty, 0 or more.</param>
    /// <returns>The action.</returns>
    public static AmiAction QueueAdd(string queue, string member, string? name = null, bool paused = false, int penalty = 0) =>
        new AmiAction("QueueAdd").With("Queue", queue).With("Interface", member).With("MemberName", name).With("Paused", paused ? "true" : "false").With("Penalty", Number(penalty));

    /// <summary>Removes a member from a queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="member">The member's interface.</param>
    /// <returns>The action.</returns>
    public static AmiAction QueueRemove(string queue, string member) => new AmiAction("QueueRemove").With("Queue", queue).With("Interface", member);

    /// <summary>Calls a channel and, when it is picked up, sends it into the dialplan: a call-back rings the agent first and the customer then. Not safe to repeat when the answer is lost.</summary>
    /// <param name="channel">The channel to ring first, such as <c>PJSIP/1001</c>.</param>
    /// <param name="context">The dialplan context it then enters.</param>
    /// <param name="extension">The extension there: the customer's number as dialled.</param>
    /// <param name="callerId">What the channel shows as caller; null for none.</param>
    /// <param name="ringSeconds">How long it rings, 1 to 3600.</param>
    /// <param name="variables">Channel variables.</param>
    /// <returns>The action; its outcome comes as an OriginateResponse.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The seconds are out of bounds.</exception>
    public static AmiAction Originate(string channel, string context, string extension, string? callerId = null, int ringSeconds = 30,
        IEnumerable<KeyValuePair<string, string>>? variables = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ringSeconds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ringSeconds, 3600);
        var action = new AmiAction("Originate").With("Channel", channel).With("Context", context).With("Exten", extension).With("Priority", "1")
            .With("CallerID", callerId).With("Timeout", Number(ringSeconds * 1000)).With("Async", "true");
        foreach (var (name, value) in variables ?? [])
            action.With("Variable", $"{name}={value}");
        return action;
    }

    /// <summary>Sends whoever speaks with a channel to an extension, and lets the channel go: the call's queue hears a transfer. Since Asterisk 12; needs the call privilege. Not safe to repeat when the answer is lost.</summary>
    /// <param name="channel">The channel that lets go, such as <c>PJSIP/1001-00000007</c>.</param>
    /// <param name="context">The dialplan context.</param>
    /// <param name="extension">The extension there.</param>
    /// <returns>The action.</returns>
    public static AmiAction BlindTransfer(string channel, string context, string extension) => new AmiAction("BlindTransfer").With("Channel", channel).With("Context", context).With("Exten", extension);

    /// <summary>The action's bytes.</summary>
    /// <param name="actionId">The id its answers will carry.</param>
    /// <returns>UTF-8, lines ended with CR LF, a blank line at the end.</returns>
    public byte[] ToBytes(string actionId)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in _fields.Prepend(("ActionID", actionId)).Prepend(("Action", Name)))
            text.Append(key).Append(": ").Append(OneLine(value)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.Append("\r\n").ToString());
    }

    /// <summary>The action's name; values are left out because one may be a secret.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    private AmiAction With(string key, string? value)
    {
        if (value is not null)
            _fields.Add((key, value));
        return this;
    }

    private static string OneLine(string value) => value.AsSpan().ContainsAny('\r', '\n', '\0') ? value.Replace('\r', ' ').Replace('\n', ' ').Replace('\0', ' ') : value;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Who logs in to an Asterisk Manager Interface. Not a record, so that no log shows the secret.</summary>
/// <param name="user">The name in manager.conf.</param>
/// <param name="secret">The secret.</param>
/// <param name="challenge">True to log in by MD5 challenge, false to send the secret itself.</param>
public sealed class AmiAccount(string user, string secret, bool challenge = true)
{
    /// <summary>The name in manager.conf.</summary>
    public string User { get; } = user;

    /// <summary>Whether to log in by challenge.</summary>
    public bool UsesChallenge { get; } = challenge;

    internal string Secret { get; } = secret;
}
