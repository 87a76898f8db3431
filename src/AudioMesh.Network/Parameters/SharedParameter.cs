// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Network.Bus;

namespace AudioMesh.Network.Parameters;

/// <summary>A parameter as all hosts of a mesh have it.</summary>
/// <param name="Namespace">What it belongs to.</param>
/// <param name="Descriptor">Its name, kind, range, unit and default.</param>
/// <param name="Value">What it is, or becomes.</param>
/// <param name="From">What it was before; where it is no number that is <paramref name="Value"/>.</param>
/// <param name="At">From when on it goes there, mesh time; Unknown: it holds already.</param>
/// <param name="RampMs">How long it takes.</param>
/// <param name="Stamp">When it was written, and by whom; the default where nobody wrote it.</param>
public sealed record SharedParameter(
    string Namespace, ParameterDescriptor Descriptor, ParameterValue Value, ParameterValue From, MeshTime At, int RampMs, BusStamp Stamp)
{
    /// <summary>Its name.</summary>
    public string Name => Descriptor.Name;

    /// <summary>What it is at a mesh time: on a straight line while it ramps. Whole numbers step, all else changes at <see cref="At"/>.</summary>
    public ParameterValue ValueAt(MeshTime meshTime)
    {
        if (!At.IsKnown || !meshTime.IsKnown)
        {
            return Value;
        }

        double share = RampMs == 0 ? (meshTime >= At ? 1 : 0) : Math.Clamp((meshTime - At) / (RampMs * 1e6), 0, 1);
        if (Descriptor.Kind is not (ParameterKind.Number or ParameterKind.Integer))
        {
            return meshTime >= At ? Value : From;
        }

        double between = share >= 1 ? Value.Number : From.Number + (share * (Value.Number - From.Number));
        return Descriptor.Kind == ParameterKind.Integer ? Math.Round(between) : between;
    }
}
