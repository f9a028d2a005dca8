using System.Globalization;

namespace Evenhand.Telephony.EventSocket;

/// <summary>A command to mod_callcenter. Ends of line within values become blanks and quotes are left out, so that no value can smuggle in a command of its own.</summary>
public sealed class CallCenterCommand
{
    private CallCenterCommand(string text) => Text = text;

    internal string Text { get; }

    /// <summary>Sets an agent's status: a break is <c>On Break</c>, and why is not for FreeSWITCH to know.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="status">Available, Available (On Demand), On Break or Logged Out.</param>
    /// <returns>The command.</returns>
    public static CallCenterCommand SetStatus(string agent, string status) => new($"api callcenter_config agent set status {Quoted(agent)} {Quoted(status)}");

    /// <summary>Makes an agent a member of a queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="agent">The agent.</param>
    /// <param name="level">The tier's level, from 1.</param>
    /// <param name="position">The place within the level, from 1.</param>
    /// <returns>The command.</returns>
    public static CallCenterCommand AddTier(string queue, string agent, int level = 1, int position = 1) =>
        new(string.Create(CultureInfo.InvariantCulture, $"api callcenter_config tier add {Quoted(queue)} {Quoted(agent)} {level} {position}"));

    /// <summary>Takes an agent out of a queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="agent">The agent.</param>
    /// <returns>The command.</returns>
    public static CallCenterCommand RemoveTier(string queue, string agent) => new($"api callcenter_config tier del {Quoted(queue)} {Quoted(agent)}");

    /// <summary>Calls an endpoint and, when it is picked up, sends it to an extension: a call-back rings the agent first. The answer only says that it was taken on. Not safe to repeat when it is lost.</summary>
    /// <param name="endpoint">What to ring first, such as <c>user/1001</c>.</param>
    /// <param name="extension">The extension it then enters: the customer's number as dialled.</param>
    /// <param name="context">The dialplan context.</param>
    /// <returns>The command.</returns>
    public static CallCenterCommand Originate(string endpoint, string extension, string context) => new($"bgapi originate {Plain(endpoint)} {Plain(extension)} XML {Plain(context)}");

    /// <summary>Takes a caller away from an agent and puts the caller into a queue, without the dialplan. Not safe to repeat when the answer is lost.</summary>
    /// <param name="call">The caller's session.</param>
    /// <param name="queue">The queue, such as <c>support@default</c>.</param>
    /// <returns>The command.</returns>
    public static CallCenterCommand Transfer(string call, string queue) => new($"api uuid_transfer {Plain(call)} callcenter:{Plain(queue).Replace("'", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal)} inline");

    internal static string OneLine(string value) => value.AsSpan().ContainsAny('\r', '\n', '\0') ? value.Replace('\r', ' ').Replace('\n', ' ').Replace('\0', ' ') : value;

    private static string Quoted(string value)
    {
        var plain = OneLine(value).Replace("'", "", StringComparison.Ordinal);
        return plain.Contains(' ', StringComparison.Ordinal) ? $"'{plain}'" : plain;
    }

    /// <summary>A blank would make another argument of what follows it.</summary>
    private static string Plain(string value) => OneLine(value).Replace(" ", "", StringComparison.Ordinal);
}

/// <summary>A list as mod_callcenter prints it.</summary>
internal static class CallCenterTable
{
    /// <summary>The rows by column name; what is no row (a last line of +OK, an error) is left out.</summary>
    public static IEnumerable<Dictionary<string, string>> Rows(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 0 || !lines[0].Contains('|', StringComparison.Ordinal))
            yield break;
        var names = lines[0].Split('|');
        foreach (var line in lines.Skip(1))
        {
            var fields = line.Split('|');
            if (fields.Length != names.Length)
                continue;
            var row = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < names.Length; i++)
                row[names[i]] = fields[i];
            yield return row;
        }
    }
}
