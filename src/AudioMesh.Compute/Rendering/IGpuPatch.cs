// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Rendering;

/// <summary>
/// What a <see cref="GpuRenderEngine"/> renders: a program that makes one period of outputs from the same period of inputs and a few parameters. It
/// remembers nothing from one period to the next, so that any device can render any period, with the same result.
/// </summary>
public interface IGpuPatch
{
    /// <summary>Channels that go in, 0 or more.</summary>
    int Inputs { get; }

    /// <summary>Channels that come out, 1 or more.</summary>
    int Outputs { get; }

    /// <summary>Numbers that go in with every period.</summary>
    int Parameters { get; }

    /// <summary>Records it for periods of <paramref name="frames"/> frames. Throws what the device throws. Called several times for a device, on any thread.</summary>
    IGpuPeriod CreateOn(IComputeDevice device, int frames);
}
