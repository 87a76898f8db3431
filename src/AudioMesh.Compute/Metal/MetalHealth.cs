// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Metal;

/// <summary>Whether a device still works. Any thread may ask and tell.</summary>
internal sealed class MetalHealth(string device)
{
    private volatile string? _lost;

    public bool IsLost => _lost is not null;

    /// <summary>The device failed for good; the first reason stays.</summary>
    public void Lose(string reason) => _lost ??= reason;

    /// <summary>Throws <see cref="AudioErrorKind.DeviceLost"/> after <see cref="Lose"/>.</summary>
    public void ThrowIfLost()
    {
        if (_lost is { } reason)
        {
            throw new AudioMeshException(AudioErrorKind.DeviceLost, $"{device} is lost: {reason}");
        }
    }
}
