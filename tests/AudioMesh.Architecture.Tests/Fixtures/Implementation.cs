// SPDX-License-Identifier: MIT
namespace AudioMesh.Architecture.Tests.Fixtures;

/// <summary>Guilty by its interface.</summary>
internal sealed class Implementation : IMarked
{
    private object? _last;

    public void Do() => _last = new Implementation { _last = _last };
}
