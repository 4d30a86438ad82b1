using System.Reflection;

namespace Auth.Host.Http;

/// <summary>
/// The members of a request's body, the same from JSON and from a form. Members nobody asks for change nothing (R01).
/// Read once per request, before routing, by <see cref="BodyReading"/>.
/// </summary>
public sealed class Fields
{
    /// <summary>What a code is called wherever one is offered.</summary>
    public const string CodeName = "code";

    private readonly IReadOnlyDictionary<string, Field> _members;

    internal Fields(IReadOnlyDictionary<string, Field> members) => _members = members;

    /// <summary>A request without a body.</summary>
    public static Fields None { get; } = new(new Dictionary<string, Field>());

    /// <summary>What is under this name; a field that knows to be absent when there is nothing.</summary>
    public Field this[string name] => _members.TryGetValue(name, out var field) ? field : new(name, FieldKind.Absent);

    /// <summary>The names that are there.</summary>
    public IEnumerable<string> Names => _members.Keys;

    /// <inheritdoc cref="this[string]"/>
    public Field Text(string name) => this[name];

    /// <inheritdoc cref="Field.Flag"/>
    public bool? Flag(string name) => this[name].Flag;

    /// <inheritdoc cref="Field.Code"/>
    public string Code(string name = CodeName) => this[name].Code;

    /// <summary>The body of this request.</summary>
    public static Fields Of(HttpContext http) => http.Features.Get<Fields>() ?? None;

    /// <summary>Lets an endpoint ask for the fields by type.</summary>
    public static ValueTask<Fields?> BindAsync(HttpContext http) => ValueTask.FromResult<Fields?>(Of(http));

    public override string ToString() => $"Fields({string.Join(", ", _members.Keys)})";
}

/// <summary>A request that is read from fields. A record that implements <see cref="From"/> is an endpoint's argument like any other.</summary>
public interface IFromFields<TSelf> : IBindableFromHttpContext<TSelf> where TSelf : class, IFromFields<TSelf>
{
    /// <summary>Reads it, or throws <see cref="Refused"/>.</summary>
    static abstract TSelf From(Fields fields);

    static ValueTask<TSelf?> IBindableFromHttpContext<TSelf>.BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<TSelf?>(TSelf.From(Fields.Of(context)));
}
