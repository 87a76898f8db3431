// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Engine;

/// <summary>Where rendering stands when a change is asked for.</summary>
/// <param name="Rate">Frames per second; 0 without a device.</param>
/// <param name="PeriodNs">A period's length.</param>
/// <param name="Next">When the next frame to be rendered leaves the device; while that stands still, now.</param>
internal readonly record struct RenderMoment(int Rate, long PeriodNs, MeshTime Next);
