namespace Evenhand.Telephony.Live;

/// <summary>How a command to a PBX came out.</summary>
public enum CommandOutcome
{
    /// <summary>The PBX did it, or took it on.</summary>
    Done,
    /// <summary>The PBX refused.</summary>
    Refused,
    /// <summary>No answer in time: it may have been done or not.</summary>
    TimedOut,
    /// <summary>The connection went before the answer: it may have been done or not.</summary>
    Lost,
}

/// <summary>Why a session with a PBX ended.</summary>
public enum SessionEnd
{
    /// <summary>The connection was closed or broken.</summary>
    Disconnected,
    /// <summary>The PBX refused the login; trying again with the same account is no use.</summary>
    Refused,
    /// <summary>The PBX no longer answers.</summary>
    Silent,
    /// <summary>Whatever answers does not speak the protocol.</summary>
    WrongProtocol,
}
