// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Transport;

/// <summary>Why an order is not taken; nothing has moved then. The default value refuses nothing.</summary>
/// <param name="Code">One word, stable: <c>past</c>, <c>too_soon</c>, <c>too_far</c>, <c>frame</c>, <c>rolling</c>, <c>not_rolling</c>, <c>bound</c>, <c>rate</c>, <c>lost</c>, ...</param>
/// <param name="Reason">The same for people.</param>
public readonly record struct TransportRefusal(string? Code, string? Reason)
{
    /// <summary>Whether it refuses nothing.</summary>
    public bool IsNone => Code is null;
}
