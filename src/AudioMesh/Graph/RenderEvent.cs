// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Graph;

/// <summary>One event of the render side; fixed size, no text.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Cause">Why.</param>
/// <param name="NodeId">Which node, 0 for the engine.</param>
/// <param name="Time">When.</param>
/// <param name="Value">As the kind says.</param>
/// <param name="Detail">As the kind says.</param>
/// <param name="Predicted">Of an underrun's frames, those that prediction made audible.</param>
public readonly record struct RenderEvent(
    RenderEventKind Kind, RenderCause Cause, int NodeId, MeshTime Time, long Value, long Detail = 0, long Predicted = 0);
