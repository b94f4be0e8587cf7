from django.db import models


class Shop(models.Model):
    name = models.CharField(max_length=50)
    slug = models.SlugField(max_length=50, unique=True, null=True, blank=True, db_index=False)
    client_id = models.CharField(max_length=8)
    ozon_api_key = models.CharField(max_length=50)
    shipper_api_key = models.CharField(max_length=200, blank=True)
    vendor_name = models.CharField(max_length=50, blank=True)
    is_active = models.BooleanField(default=True)
    price_updating = models.BooleanField(default=True)

    class Meta:
        db_table = "shops"


class Warehouse(models.Model):
    name = models.CharField(max_length=50)
    warehouse_id = models.PositiveBigIntegerField()
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE)

    class Meta:
        db_table = "warehouses"
