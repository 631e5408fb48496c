using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Nakama.Protocol.Json;

/// <summary>Builds plans from the generated classes, so that no value is boxed and nothing is looked up later.</summary>
internal static class FieldPlanFactory
{
    public static FieldPlan Create(FieldDescriptor field)
    {
        var property = PropertyOf(field);
        var maker = field.IsMap ? nameof(CreateMap) : field.IsRepeated ? nameof(CreateList) : nameof(CreateSingle);
        var types = property.PropertyType is { IsGenericType: true } collection && (field.IsMap || field.IsRepeated)
            ? collection.GetGenericArguments()
            : [property.PropertyType];
        return (FieldPlan)typeof(FieldPlanFactory)
            .GetMethod(maker, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod([field.ContainingType.ClrType, .. types])
            .Invoke(null, [field, property])!;
    }

    public static Func<IMessage> Creator(MessageDescriptor descriptor) =>
        typeof(FieldPlanFactory)
            .GetMethod(nameof(CreateNew), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(descriptor.ClrType)
            .CreateDelegate<Func<IMessage>>();

    private static IMessage CreateNew<T>()
        where T : IMessage, new() => new T();

    private static SingleField<TMessage, T> CreateSingle<TMessage, T>(FieldDescriptor field, PropertyInfo property)
        where TMessage : class, IMessage
    {
        // A scalar in a oneof may be set to its default; only the generated Has… property tells whether it is set.
        var isScalar = field.FieldType is not FieldType.Message and not FieldType.Group;
        var has = isScalar && field.HasPresence ? field.ContainingType.ClrType.GetProperty("Has" + property.Name)!.GetMethod!.CreateDelegate<Func<TMessage, bool>>() : null;
        return new(field, Codec<T>(field), Getter<TMessage, T>(property), property.SetMethod!.CreateDelegate<Action<TMessage, T>>(), has);
    }

    private static ListField<TMessage, T> CreateList<TMessage, T>(FieldDescriptor field, PropertyInfo property)
        where TMessage : class, IMessage =>
        new(field, Codec<T>(field), Getter<TMessage, RepeatedField<T>>(property));

    private static MapEntries<TMessage, TKey, T> CreateMap<TMessage, TKey, T>(FieldDescriptor field, PropertyInfo property)
        where TMessage : class, IMessage
        where TKey : notnull
    {
        var entry = field.MessageType;
        return new(field, Key<TKey>(), Codec<T>(entry.FindFieldByNumber(2)), Getter<TMessage, MapField<TKey, T>>(property));
    }

    private static Func<TMessage, T> Getter<TMessage, T>(PropertyInfo property) => property.GetMethod!.CreateDelegate<Func<TMessage, T>>();

    private static MapKey<T> Key<T>() => (MapKey<T>)(object)(Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.String => new StringKey(),
        TypeCode.Boolean => new BoolKey(),
        TypeCode.Int32 => new IntegerKey<int>(),
        TypeCode.UInt32 => new IntegerKey<uint>(),
        TypeCode.Int64 => new IntegerKey<long>(),
        _ => new IntegerKey<ulong>(),
    });

    private static ValueCodec<T> Codec<T>(FieldDescriptor field)
    {
        if (field.FieldType == FieldType.Message) return (ValueCodec<T>)MessageCodecOf(field.MessageType);
        return (ValueCodec<T>)(field.FieldType == FieldType.Enum
            ? Activator.CreateInstance(typeof(EnumCodec<>).MakeGenericType(typeof(T)), field.EnumType)!
            : Scalar(field));
    }

    private static object MessageCodecOf(MessageDescriptor type)
    {
        // Members of wrappers appear as the bare nullable value in the generated classes.
        if (type.File.Name == "google/protobuf/wrappers.proto") return Wrapper(type.FindFieldByNumber(1));
        return WellKnown.Has(type)
            ? Activator.CreateInstance(typeof(WellKnownCodec<>).MakeGenericType(type.ClrType))!
            : Activator.CreateInstance(typeof(MessageCodec<>).MakeGenericType(type.ClrType), type)!;
    }

    private static object Wrapper(FieldDescriptor value) => Scalar(value) switch
    {
        StringCodec text => new WrapperCodec<string>(text),
        BytesCodec bytes => new WrapperCodec<ByteString>(bytes),
        BoolCodec flag => new NullableCodec<bool>(flag),
        IntegerCodec<int> number => new NullableCodec<int>(number),
        IntegerCodec<uint> number => new NullableCodec<uint>(number),
        IntegerCodec<long> number => new NullableCodec<long>(number),
        IntegerCodec<ulong> number => new NullableCodec<ulong>(number),
        FloatCodec<float> number => new NullableCodec<float>(number),
        FloatCodec<double> number => new NullableCodec<double>(number),
        var other => throw new InvalidOperationException($"No wrapper of {other.GetType().Name}."),
    };

    private static object Scalar(FieldDescriptor field)
    {
        var kind = field.FieldType.ToString().ToLowerInvariant();
        return field.FieldType switch
        {
            FieldType.String => new StringCodec(),
            FieldType.Bytes => new BytesCodec(),
            FieldType.Bool => new BoolCodec(),
            FieldType.Float => new FloatCodec<float>(kind),
            FieldType.Double => new FloatCodec<double>(kind),
            FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => new IntegerCodec<int>(kind),
            FieldType.UInt32 or FieldType.Fixed32 => new IntegerCodec<uint>(kind),
            FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => new IntegerCodec<long>(kind),
            FieldType.UInt64 or FieldType.Fixed64 => new IntegerCodec<ulong>(kind),
            _ => throw new InvalidOperationException($"{field.FullName} has a type without a JSON form."),
        };
    }

    private static PropertyInfo PropertyOf(FieldDescriptor field)
    {
        var owner = field.ContainingType.ClrType;
        return owner.GetProperty(field.PropertyName)
            ?? throw new InvalidOperationException($"{owner.Name} has no property for {field.Name}.");
    }
}
