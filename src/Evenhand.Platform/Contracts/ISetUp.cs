namespace Evenhand.Platform.Contracts;

/// <summary>How a new centre is set up.</summary>
public interface ISetUp
{
    /// <summary>The code a new centre is set up with, printed where the program was started; null once there is an account.</summary>
    /// <param name="cancel">Ends the wait.</param>
    Task<string?> Code(CancellationToken cancel);
}
