// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Tests;

/// <summary>A device that tests run on; <paramref name="open"/> skips the test, with the reason, where the machine has none.</summary>
public sealed class TestDevice(string name, Func<IComputeDevice> open)
{
    public IComputeDevice Open() => open();

    public override string ToString() => name;
}
