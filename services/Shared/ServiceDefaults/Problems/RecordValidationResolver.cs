using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Validation;

namespace Marketplace.ServiceDefaults.Problems;

/// <summary>
/// Lets the framework's validation see the request records of any assembly at run time: its own generator sees only
/// types of the assembly that switches it on. Attributes may stand on a record's parameters or on its properties.
/// </summary>
internal sealed class RecordValidationResolver : IValidatableInfoResolver
{
    private const string OurNamespace = "Marketplace.";
    private readonly ConcurrentDictionary<Type, IValidatableInfo?> _known = new();

    public bool TryGetValidatableTypeInfo(Type type, [NotNullWhen(true)] out IValidatableInfo? validatableInfo)
    {
        validatableInfo = IsOurs(type) ? _known.GetOrAdd(type, Describe) : null;
        return validatableInfo is not null;
    }

    public bool TryGetValidatableParameterInfo(
        ParameterInfo parameterInfo, [NotNullWhen(true)] out IValidatableInfo? validatableInfo)
    {
        validatableInfo = null;
        return false;
    }

    private static bool IsOurs(Type type) =>
        type is { IsClass: true, Namespace: { } space } && space.StartsWith(OurNamespace, StringComparison.Ordinal);

    private static RecordInfo Describe(Type type)
    {
        var parameters = type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).ToList();
        var members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0 && property.CanRead)
            .Select(property => new MemberInfo(type, property, AttributesOf(property, parameters)))
            .ToArray();
        return new RecordInfo(type, members);
    }

    private static ValidationAttribute[] AttributesOf(PropertyInfo property, IEnumerable<ParameterInfo> parameters) =>
    [
        .. property.GetCustomAttributes<ValidationAttribute>(inherit: true),
        .. parameters
            .Where(parameter => parameter.Name == property.Name && parameter.ParameterType == property.PropertyType)
            .SelectMany(parameter => parameter.GetCustomAttributes<ValidationAttribute>(inherit: true)),
    ];

    private sealed class RecordInfo(Type type, IReadOnlyList<MemberInfo> members) : ValidatableTypeInfo(type, members)
    {
        protected override ValidationAttribute[] GetValidationAttributes() =>
            [.. Type.GetCustomAttributes<ValidationAttribute>(inherit: true)];

        private Type Type { get; } = type;
    }

    private sealed class MemberInfo(Type declaringType, PropertyInfo property, ValidationAttribute[] attributes)
        : ValidatablePropertyInfo(declaringType, property.PropertyType, property.Name, property.Name)
    {
        protected override ValidationAttribute[] GetValidationAttributes() => attributes;
    }
}
