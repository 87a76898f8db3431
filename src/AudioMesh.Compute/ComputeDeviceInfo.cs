// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute;

/// <summary>A device that can run kernels.</summary>
/// <param name="Api">What it is driven by.</param>
/// <param name="Id">What it is opened by: stable from run to run, unique within its API.</param>
/// <param name="Name">What its driver calls it.</param>
/// <param name="Kind">What it is made of.</param>
/// <param name="Driver">The driver and its version, for people.</param>
/// <param name="HasClock">Whether its clock can be related to mesh time.</param>
public sealed record ComputeDeviceInfo(ComputeApi Api, string Id, string Name, ComputeDeviceKind Kind, string Driver, bool HasClock)
{
    /// <summary>API and id, as in <c>vulkan:ID</c>.</summary>
    public string Key => $"{Api.ToString().ToLowerInvariant()}:{Id}";

    /// <summary>Whether <paramref name="name"/>, in letters of either case, is its API's name, its <see cref="Key"/> or a part of what its driver calls it.</summary>
    public bool AnswersTo(string name) =>
        Api.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)
        || Key.Equals(name, StringComparison.OrdinalIgnoreCase)
        || (!Enum.TryParse(name, ignoreCase: true, out ComputeApi _) && Name.Contains(name, StringComparison.OrdinalIgnoreCase));
}
