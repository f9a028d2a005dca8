using Evenhand.Design;
using Evenhand.Dispatch.Presence;
using Evenhand.Kernel.Text;
using Evenhand.Routing.Floor;
using Channel = Evenhand.Dispatch.Queues.Channel;

namespace Evenhand.Routing.FloorView;

/// <summary>How states and channels look: a sign, a tint and a word, never a colour alone.</summary>
internal static class FloorLooks
{
    /// <summary>All states in the order a leader reads them.</summary>
    public static IReadOnlyList<string> States { get; } =
    [
        .. new[]
        {
            EffectiveState.Available, EffectiveState.Ringing, EffectiveState.Talking, EffectiveState.Holding, EffectiveState.Working, EffectiveState.AfterContactWork, EffectiveState.OnBreak, EffectiveState.AtMeal,
            EffectiveState.InTraining, EffectiveState.InMeeting, EffectiveState.PhoneFailed, EffectiveState.Unreachable, EffectiveState.SignedOut,
        }.Select(FloorState.StateCode),
    ];

    public static string StateName(Texts texts, string state) => texts["routing.floor.state." + state];

    public static string Icon(string state) => state switch
    {
        "available" => "circle-check", "ringing" => "bell-ring", "talking" => "phone", "holding" => "circle-pause", "working" => "clipboard-list", "after-contact-work" => "notebook-pen", "on-break" => "coffee", "at-meal" => "utensils",
        "in-training" => "graduation-cap", "in-meeting" => "users-round", "phone-failed" => "phone-off", "unreachable" => "wifi-off", _ => "log-out",
    };

    public static Status Look(string state) => state switch
    {
        "available" => Status.Ok, "ringing" or "talking" or "holding" or "working" or "after-contact-work" => Status.Info, "on-break" or "at-meal" => Status.Warn, "phone-failed" or "unreachable" => Status.Bad, _ => Status.None,
    };

    public static string ChannelIcon(string channel) => channel switch { "call" => "phone", "chat" => "message-square", _ => "clipboard-list" };

    public static string ChannelCode(Channel channel) => FloorState.StateCode(channel);
}
