// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>The arguments of a new node: checked against its type, defaults filled in.</summary>
public sealed class NodeArguments
{
    private readonly Dictionary<string, ParameterValue> _values = [];

    /// <summary>Checks <paramref name="given"/>. Throws InvalidArgument naming the field.</summary>
    /// <param name="type">The type they are for.</param>
    /// <param name="given">What was given.</param>
    /// <param name="ring">How a ring of the node may reach its app; null for within this process, or by a path.</param>
    public NodeArguments(NodeType type, IReadOnlyDictionary<string, ParameterValue> given, RingOffer? ring = null)
    {
        Ring = ring;
        foreach (string name in given.Keys)
        {
            if (type.Find(name) is not { IsReadOnly: false })
            {
                string allowed = string.Join(", ", type.Parameters.Where(p => !p.IsReadOnly).Select(p => p.Name));
                throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{type.Name} has no argument '{name}'.")
                {
                    Field = $"args.{name}",
                    Allowed = allowed,
                };
            }
        }

        foreach (ParameterDescriptor parameter in type.Parameters)
        {
            if (given.TryGetValue(parameter.Name, out ParameterValue value))
            {
                _values[parameter.Name] = parameter.Check(value);
            }
            else if (parameter.Default is { } fallback)
            {
                _values[parameter.Name] = fallback;
            }
            else if (!parameter.IsReadOnly)
            {
                throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{type.Name} needs the argument '{parameter.Name}'.")
                {
                    Field = $"args.{parameter.Name}",
                    Allowed = parameter.Allowed,
                };
            }
        }
    }

    /// <summary>How a ring of the node may reach its app, while the node is made; null for within this process, or by a path.</summary>
    public RingOffer? Ring { get; }

    /// <summary>What was given for <paramref name="name"/>, or its default; null where the type has no such argument.</summary>
    public ParameterValue? this[string name] => _values.TryGetValue(name, out ParameterValue value) ? value : default(ParameterValue?);

    /// <summary>A number.</summary>
    public double Number(string name) => _values[name].Number;

    /// <summary>A whole number.</summary>
    public int Integer(string name) => (int)_values[name].Number;

    /// <summary>A flag.</summary>
    public bool Flag(string name) => _values[name].Number != 0;

    /// <summary>A text or choice.</summary>
    public string Text(string name) => _values[name].Text ?? "";
}
