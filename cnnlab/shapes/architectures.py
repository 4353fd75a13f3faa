"""Seven families of networks as data, with the totals that others have published for them.

>>> vgg16 = ARCHITECTURES["VGG-16"]
>>> vgg16.year, vgg16.depth, f"{vgg16.table().parameters:,}"
(2014, 16, '138,357,544')
"""

from dataclasses import dataclass

from cnnlab.shapes import builders
from cnnlab.shapes.layers import Shape
from cnnlab.shapes.stacks import depth, table
from cnnlab.shapes.tables import Table

TORCHVISION = "num_params and _ops in torchvision's model weights"
CAFFE = "the reference models of Caffe (Berkeley Vision and Learning Center)"
VGG16_PLAN = (64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0)
IMAGENET = (3, 224, 224)


@dataclass(frozen=True)
class Published:
    """A printed total and where it stands. ``multiplications`` is in thousand millions.

    >>> ARCHITECTURES["VGG-16"].published.parameters
    138357544
    """

    parameters: int
    source: str
    multiplications: float | None = None


@dataclass(frozen=True)
class Architecture:
    """A network, the idea that it brought, and the published totals of this very variant.

    >>> googlenet = ARCHITECTURES["GoogLeNet"]
    >>> googlenet.year, googlenet.depth, googlenet.input_shape
    (2014, 22, (3, 224, 224))
    """

    name: str
    year: int
    idea: str
    input_shape: Shape
    stack: builders.Stack
    published: Published
    reference: str

    @property
    def depth(self) -> int:
        return depth(self.stack)

    def table(self, *, deep: bool = False) -> Table:
        return table(self.stack, self.input_shape, deep=deep)


_ENTRIES = (
    Architecture(
        name="LeNet-5",
        year=1998,
        idea="convolution and pooling in turn, trained end to end",
        input_shape=(1, 32, 32),
        stack=builders.LENET5,
        published=Published(60_000, "section II.B of the paper: 60,000 trainable parameters"),
        reference="LeCun, Bottou, Bengio and Haffner (1998), Proceedings of the IEEE 86(11)",
    ),
    Architecture(
        name="AlexNet",
        year=2012,
        idea="ReLU, dropout, overlapping pooling, and two graphics cards",
        input_shape=(3, 227, 227),
        stack=(
            *builders.alexnet_features((96, 256, 384, 384, 256), (1, 2, 1, 2, 2), padding=0),
            *builders.dense_head(),
        ),
        published=Published(60_965_224, CAFFE),
        reference="Krizhevsky, Sutskever and Hinton (2012), NeurIPS 25",
    ),
    Architecture(
        name="AlexNet (one tower)",
        year=2014,
        idea="AlexNet without the split over two graphics cards",
        input_shape=IMAGENET,
        stack=(
            *builders.alexnet_features((64, 192, 384, 256, 256), (1,) * 5, padding=2),
            *builders.dense_head(),
        ),
        published=Published(61_100_840, TORCHVISION, 0.714),
        reference="Krizhevsky (2014), arXiv:1404.5997",
    ),
    Architecture(
        name="VGG-16",
        year=2014,
        idea="only 3 x 3 kernels, stacked deep",
        input_shape=IMAGENET,
        stack=(*builders.vgg_features(VGG16_PLAN), *builders.dense_head()),
        published=Published(138_357_544, TORCHVISION, 15.47),
        reference="Simonyan and Zisserman (2015), arXiv:1409.1556, configuration D",
    ),
    Architecture(
        name="GoogLeNet",
        year=2014,
        idea="kernels of several sizes side by side, with 1 x 1 reductions",
        input_shape=IMAGENET,
        stack=builders.googlenet(),
        published=Published(6_998_552, CAFFE),
        reference="Szegedy et al. (2015), arXiv:1409.4842, table 1",
    ),
    Architecture(
        name="GoogLeNet (torchvision)",
        year=2014,
        idea="GoogLeNet with batch normalisation, and 3 x 3 where the paper has 5 x 5",
        input_shape=IMAGENET,
        stack=builders.googlenet(builders.conv_bn_relu, large=3),
        published=Published(6_624_904, TORCHVISION, 1.498),
        reference="torchvision.models.googlenet",
    ),
    Architecture(
        name="ResNet-18",
        year=2015,
        idea="the identity beside every two layers",
        input_shape=IMAGENET,
        stack=builders.resnet(builders.basic_block, (2, 2, 2, 2), (64, 128, 256, 512)),
        published=Published(11_689_512, TORCHVISION, 1.814),
        reference="He, Zhang, Ren and Sun (2016), arXiv:1512.03385",
    ),
    Architecture(
        name="ResNet-50",
        year=2015,
        idea="the identity beside bottlenecks of 1 x 1, 3 x 3, 1 x 1",
        input_shape=IMAGENET,
        stack=builders.resnet(builders.bottleneck, (3, 4, 6, 3), (256, 512, 1024, 2048)),
        published=Published(25_557_032, TORCHVISION, 4.089),
        reference="He, Zhang, Ren and Sun (2016), arXiv:1512.03385",
    ),
    Architecture(
        name="DenseNet-121",
        year=2016,
        idea="every layer sees all maps made before it",
        input_shape=IMAGENET,
        stack=builders.densenet((6, 12, 24, 16)),
        published=Published(7_978_856, TORCHVISION, 2.834),
        reference="Huang, Liu, van der Maaten and Weinberger (2017), arXiv:1608.06993",
    ),
    Architecture(
        name="MobileNet",
        year=2017,
        idea="depthwise and pointwise convolutions in the place of full ones",
        input_shape=IMAGENET,
        stack=builders.mobilenet(),
        published=Published(
            4_231_976, "trainable parameters in the summary of keras.applications.MobileNet", 0.569
        ),
        reference="Howard et al. (2017), arXiv:1704.04861, tables 1 and 8",
    ),
)

ARCHITECTURES = {entry.name: entry for entry in _ENTRIES}
