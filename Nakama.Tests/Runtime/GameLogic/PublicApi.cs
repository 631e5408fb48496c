using System.Reflection;
using System.Text;
using Nakama.GameLogic;
using Nakama.Tests.House;

namespace Nakama.Tests.Runtime.GameLogic;

/// <summary>What the package for games promises.</summary>
public sealed class PublicApi
{
    private const string Page = "libraries/Nakama.GameLogic/PublicApi.txt";

    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void The_public_api_stands_in_its_file()
    {
        var api = Write(typeof(IGameModule).Assembly);
        if (Environment.GetEnvironmentVariable("WRITE_DOCS") == "1") File.WriteAllText(Path.Combine(SourceTree.Root, Page), api);

        Assert.Equal(SourceTree.Read(Page), api);
    }

    private static string Write(Assembly assembly)
    {
        var lines = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(static type => type.FullName, StringComparer.Ordinal))
        {
            lines.Append(Kind(type)).Append(' ').Append(type.FullName).Append('\n');
            foreach (var member in Members(type).Order(StringComparer.Ordinal)) lines.Append("  ").Append(member).Append('\n');
        }

        return lines.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().Select(value => $"{value} = {Convert.ToInt64(value)}");
        return type.GetMembers(Declared).Where(static member => member is not (MethodInfo { IsSpecialName: true } or Type)).Select(static member => member switch
        {
            ConstructorInfo constructor => $"new({Parameters(constructor)})",
            MethodInfo method => $"{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})",
            PropertyInfo property => $"{Name(property.PropertyType)}{Mark(property)} {property.Name}{(property.CanWrite ? " { get; set; }" : " { get; }")}",
            FieldInfo field => $"{Name(field.FieldType)} {field.Name}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}",
            _ => member.ToString()!,
        });
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(static parameter =>
        $"{Name(parameter.ParameterType)}{(Nullability.Create(parameter).WriteState == NullabilityState.Nullable && !parameter.ParameterType.IsValueType ? "?" : "")} "
        + $"{parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "")}"));

    private static string Mark(PropertyInfo property) =>
        Nullability.Create(property).ReadState == NullabilityState.Nullable && !property.PropertyType.IsValueType ? "?" : "";

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(static argument => argument.Name))}>" : "";

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        if (!type.IsGenericType) return type.IsGenericParameter ? type.Name : type.FullName ?? type.Name;
        return $"{type.Namespace}.{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
