using Evenhand.Kernel;
using Microsoft.AspNetCore.Http;

namespace Evenhand.Measurement;

internal static class Refused
{
    public static IResult AsProblem(Refusal refusal) => Results.Problem(refusal.ToString(), statusCode: refusal.Status, title: refusal.Code, extensions: new Dictionary<string, object?> { ["code"] = refusal.Code });
}
