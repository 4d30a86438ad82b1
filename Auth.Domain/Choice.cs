using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Auth.Domain;

#pragma warning disable CA1710 // what it holds was chosen; that it is a collection is seen
/// <summary>What was chosen out of many: each once, in one order, the same as another choice of the same. Stored as a plain list.</summary>
[JsonConverter(typeof(ChoiceInJson))]
[CollectionBuilder(typeof(Choice), nameof(Choice.Of))]
public sealed class Choice<T> : IReadOnlyCollection<T>, IEquatable<Choice<T>> where T : notnull
{
    private readonly T[] _values;

    internal Choice(IEnumerable<T> values) => _values = [.. values.Distinct().Order(Choice.OrderOf<T>())];

    /// <inheritdoc />
    public int Count => _values.Length;

    /// <summary>Whether this one is among them.</summary>
    public bool Contains(T value) => _values.Contains(value);

    /// <inheritdoc />
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();

    /// <inheritdoc />
    public bool Equals(Choice<T>? other) => other is not null && _values.SequenceEqual(other._values);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Choice<T>);

    /// <inheritdoc />
    public override int GetHashCode() => _values.Aggregate(17, HashCode.Combine);

    /// <inheritdoc />
    public override string ToString() => $"[{string.Join(", ", _values)}]";
}

#pragma warning restore CA1710

/// <summary>Makes choices.</summary>
public static class Choice
{
    /// <summary>These.</summary>
    public static Choice<T> Of<T>(ReadOnlySpan<T> values) where T : notnull => new(values.ToArray());

    internal static IComparer<T> OrderOf<T>() => typeof(T) == typeof(string) ? (IComparer<T>)StringComparer.Ordinal : Comparer<T>.Default;
}

/// <summary>A choice as a list.</summary>
public sealed class ChoiceInJson : JsonConverterFactory
{
    /// <inheritdoc />
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Choice<>);

    /// <inheritdoc />
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(AsList<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class AsList<T> : JsonConverter<Choice<T>> where T : notnull
    {
        public override Choice<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(JsonSerializer.Deserialize<T[]>(ref reader, options) ?? []);

        public override void Write(Utf8JsonWriter writer, Choice<T> value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.ToArray(), options);
    }
}
