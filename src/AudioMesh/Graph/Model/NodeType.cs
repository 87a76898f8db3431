// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>A kind of node: what <c>describe</c> answers, and how one is made.</summary>
/// <param name="Name">Its name in requests.</param>
/// <param name="Description">For people, one line.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Create">Makes one from checked arguments; control thread; may throw <see cref="AudioMeshException"/>.</param>
public sealed record NodeType(
    string Name, string Description, IReadOnlyList<ParameterDescriptor> Parameters, Func<NodeArguments, GraphNode> Create)
{
    /// <summary>
    /// Where what a node takes depends on its arguments, as that of a plug-in does: the type, of the same name, for some of them. It is the same object for the same
    /// arguments. Any thread but a device's; may throw <see cref="AudioMeshException"/>. Null: the arguments make no difference.
    /// </summary>
    public Func<IReadOnlyDictionary<string, ParameterValue>, NodeType>? Specialise { get; init; }

    /// <summary>The type of a node with these arguments, which were not checked yet. Throws what <see cref="Specialise"/> throws.</summary>
    public NodeType For(IReadOnlyDictionary<string, ParameterValue> arguments) => Specialise is null ? this : Specialise(arguments);

    /// <summary>The parameter called <paramref name="name"/>, or null.</summary>
    public ParameterDescriptor? Find(string name)
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            if (Parameters[i].Name == name)
            {
                return Parameters[i];
            }
        }

        return null;
    }
}
