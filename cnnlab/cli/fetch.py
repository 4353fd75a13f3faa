"""``cnnlab fetch``: get a data set while there is a network."""

import click


@click.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
def fetch(names: tuple[str, ...]) -> None:
    """Download data sets, so that lessons find them without a network.

    NAME is mnist or fashion_mnist. Without a name, each is listed with its size and licence. The
    files go to your cache folder, or below the folder that CNNLAB_DATA names.
    """
    from cnnlab.data import downloads

    sources = [(name, downloads.source(name)) for name in names or downloads.SOURCES]
    for name, source in sources:
        if names:
            downloads.fetch(name)
            click.echo(f"{name} is in {downloads.folder(name)} ({source.licence})")
        else:
            click.echo(f"{name:<14} {source.megabytes:>5g} MB  {source.licence}")
    if not names:
        click.echo(f"Get one: cnnlab fetch NAME. They go below {downloads.folder('').absolute()}")
