using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Evenhand.Kernel.Text;

namespace Evenhand.Platform.Contracts;

/// <summary>Holds a request against its annotations, on properties and on a record's parameters alike, with messages in the reader's language.</summary>
public static class Checks
{
    private sealed record Checked(PropertyInfo Property, ValidationAttribute[] Rules);

    private static readonly ConcurrentDictionary<Type, Checked[]> Known = new();

    /// <summary>Every broken annotation as field name and message; empty when all hold.</summary>
    /// <param name="request">The request.</param>
    /// <param name="texts">The texts of the program.</param>
    public static IReadOnlyList<(string Field, string Message)> Of(object request, Texts texts)
    {
        var broken = new List<(string, string)>();
        foreach (var (property, rules) in Known.GetOrAdd(request.GetType(), RulesOf))
        {
            var value = property.GetValue(request);
            var context = new ValidationContext(request) { MemberName = property.Name, DisplayName = property.Name };
            foreach (var rule in rules)
                if (rule.GetValidationResult(value, context) is { } result)
                {
                    broken.Add((property.Name, Message(rule, result, texts)));
                    break;
                }
        }
        return broken;
    }

    private static Checked[] RulesOf(Type type)
    {
        var parameters = type.GetConstructors().SelectMany(c => c.GetParameters()).ToLookup(p => p.Name);
        return [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0)
            .Select(p => new Checked(p, [.. p.GetCustomAttributes<ValidationAttribute>()
                .Concat(parameters[p.Name].SelectMany(parameter => parameter.GetCustomAttributes<ValidationAttribute>()))
                .OrderByDescending(rule => rule is RequiredAttribute)]))
            .Where(known => known.Rules.Length > 0)];
    }

    private static string Message(ValidationAttribute rule, ValidationResult result, Texts texts) => rule switch
    {
        RequiredAttribute => texts["platform.check-required"],
        RangeAttribute range => texts["platform.check-range", range.Minimum, range.Maximum],
        MaxLengthAttribute length => texts["platform.check-max-length", length.Length],
        MinLengthAttribute length => texts["platform.check-min-length", length.Length],
        StringLengthAttribute length => texts["platform.check-length", length.MinimumLength, length.MaximumLength],
        RegularExpressionAttribute => texts["platform.check-form"],
        _ => result.ErrorMessage ?? texts["platform.check-form"],
    };
}
