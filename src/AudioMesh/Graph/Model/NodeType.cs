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
    /// <summary>The parameter called <paramref name="name"/>, or null.</summary>
    public ParameterDescriptor? Find(string name) => Parameters.FirstOrDefault(p => p.Name == name);
}
