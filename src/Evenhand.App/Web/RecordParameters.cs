using System.Reflection;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;

namespace Evenhand.App.Web;

/// <summary>
/// Parameters that a record gathers (`[AsParameters]`): the framework merges the annotations of constructor and property into an array of the
/// wrong type, which its own description of the API cannot read. Here they get one of the right type.
/// </summary>
internal sealed class RecordParameters : IApiDescriptionProvider
{
    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
        foreach (var parameter in context.Results.SelectMany(r => r.ParameterDescriptions))
            if (parameter.ParameterDescriptor is IParameterInfoParameterDescriptor { ParameterInfo: { Member: PropertyInfo } or { Member: ConstructorInfo } } described)
                parameter.ParameterDescriptor = new Described(new Typed(described.ParameterInfo))
                {
                    Name = parameter.ParameterDescriptor.Name, ParameterType = parameter.ParameterDescriptor.ParameterType, BindingInfo = parameter.ParameterDescriptor.BindingInfo,
                };
    }

    private sealed class Described(ParameterInfo parameter) : ParameterDescriptor, IParameterInfoParameterDescriptor
    {
        public ParameterInfo ParameterInfo => parameter;
    }

    private sealed class Typed : ParameterInfo
    {
        private readonly ParameterInfo given;

        public Typed(ParameterInfo given)
        {
            this.given = given;
            (NameImpl, ClassImpl, MemberImpl, PositionImpl, AttrsImpl, DefaultValueImpl) = (given.Name, given.ParameterType, given.Member, given.Position, given.Attributes, given.DefaultValue);
        }

        public override bool HasDefaultValue => given.HasDefaultValue;

        public override object? DefaultValue => given.DefaultValue;

        public override object? RawDefaultValue => given.RawDefaultValue;

        public override object[] GetCustomAttributes(bool inherit) => given.GetCustomAttributes(inherit);

        public override object[] GetCustomAttributes(Type attributeType, bool inherit)
        {
            var found = given.GetCustomAttributes(attributeType, inherit);
            var typed = (object[])Array.CreateInstance(attributeType, found.Length);
            found.CopyTo(typed, 0);
            return typed;
        }

        public override bool IsDefined(Type attributeType, bool inherit) => given.IsDefined(attributeType, inherit);

        public override IList<CustomAttributeData> GetCustomAttributesData() => given.GetCustomAttributesData();
    }
}
