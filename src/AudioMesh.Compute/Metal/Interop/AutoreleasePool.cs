// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Metal.Interop;

/// <summary>A pool that releases what was autoreleased on this thread since it was opened.</summary>
internal readonly unsafe ref struct AutoreleasePool(nint pool, delegate* unmanaged<nint, void> pop)
{
    private readonly delegate* unmanaged<nint, void> _pop = pop;

    public void Dispose() => _pop(pool);
}
