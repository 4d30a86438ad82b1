using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Auth.Domain;

namespace Auth.Host.Audit.Recorded;

/// <summary>
/// Facts and what surrounds them as C#. Ids become short ones in the order in which they come up, what is sealed or secretly random becomes a placeholder:
/// a spec tells what happened, not to whom.
/// </summary>
internal sealed class CSharp
{
    private readonly Dictionary<Guid, int> _ids = [];
    private readonly Dictionary<string, int> _nonces = [];

    internal string Of(object? value, string name = "") => value switch
    {
        null                    => "null",
        bool x                  => x ? "true" : "false",
        Enum x                  => $"{x.GetType().Name}.{x}",
        int or long             => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        Guid x                  => x == Guid.Empty ? "Guid.Empty" : $"People.Id({Number(_ids, x)})",
        DateTimeOffset x        => $"At(\"{x.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)}\")",
        TimeSpan x              => string.Create(CultureInfo.InvariantCulture, $"TimeSpan.FromSeconds({x.TotalSeconds})"),
        string x                => name is "Nonce" ? x.Length == 0 ? "\"\"" : $"\"nonce {Number(_nonces, x)}\"" : Quoted(x),
        Sealed                  => "People.Hidden",
        IEnumerable x           => $"[{string.Join(", ", x.Cast<object?>().Select(item => Of(item)))}]",
        _                       => Made(value),
    };

    private string Made(object value)
    {
        var type = value.GetType();
        var parameters = type.GetConstructors().Where(x => x.GetParameters() is not [{ ParameterType: var only }] || only != type).MaxBy(x => x.GetParameters().Length)!.GetParameters();
        var arguments = parameters.Select(parameter => Of(type.GetProperty(parameter.Name!)!.GetValue(value), parameter.Name!)).ToList();
        var plain = parameters.Length == 0 ? Activator.CreateInstance(type) : null;
        var set = type.GetProperties().Where(property => property.SetMethod is { IsPublic: true } && parameters.All(parameter => parameter.Name != property.Name)
            && !Equals(property.GetValue(value), plain is null ? Default(property) : property.GetValue(plain))).Select(property => $"{property.Name} = {Of(property.GetValue(value), property.Name)}").ToList();
        var call = set.Count > 0 && arguments.Count == 0 ? $"new {type.Name}" : $"new {type.Name}({string.Join(", ", arguments)})";
        return set.Count > 0 ? $"{call} {{ {string.Join(", ", set)} }}" : call;
    }

    private static object? Default(PropertyInfo property) => property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null;

    private static int Number<T>(Dictionary<T, int> known, T value) where T : notnull => known.TryGetValue(value, out var number) ? number : known[value] = known.Count + 1;

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            quoted.Append(c is '"' or '\\' ? $"\\{c}" : char.IsControl(c) || c > '~' ? $"\\u{(int)c:x4}" : c);
        return quoted.Append('"').ToString();
    }
}
